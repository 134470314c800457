package org.tributary.edge.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/** Rows come and go; of those that were being added the first may be there. */
class SetAsideFileDiskTest extends DiskTrial<List<SetAsideFile.Row>> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  private record Open(SetAsideFile file) implements Keeper<List<SetAsideFile.Row>> {

    @Override
    public void write(List<SetAsideFile.Row> before, List<SetAsideFile.Row> value)
        throws IOException {
      file.remove(
          "Reading", before.stream().filter(row -> !value.contains(row)).map(Open::key).toList());
      file.add(value.stream().filter(row -> !before.contains(row)).toList());
    }

    private static String key(SetAsideFile.Row row) {
      return row.why().key();
    }

    @Override
    public List<SetAsideFile.Row> read() throws IOException {
      return file.rows();
    }
  }

  SetAsideFileDiskTest() {
    super(List.of());
  }

  @Override
  protected List<SetAsideFile.Row> next(List<SetAsideFile.Row> before, Random random) {
    List<SetAsideFile.Row> rows = new ArrayList<>(before);
    if (!rows.isEmpty() && random.nextInt(4) == 0) {
      rows.remove(random.nextInt(rows.size()));
      return rows;
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      SetAside why =
          new SetAside("Reading", "[" + random.nextLong() + "]", Rule.DATABASE, "central fails");
      rows.add(new SetAsideFile.Row(why, "Küche 21 °C ".repeat(1 + random.nextInt(20))));
    }
    return rows;
  }

  @Override
  protected Keeper<List<SetAsideFile.Row>> start(Path folder) {
    SetAsideFile file = new SetAsideFile(folder.resolve("a.setaside"));
    file.load();
    return new Open(file);
  }

  @Override
  protected boolean mayBe(
      List<SetAsideFile.Row> found, List<SetAsideFile.Row> before, List<SetAsideFile.Row> value) {
    return super.mayBe(found, before, value)
        || (found.size() > before.size() && value.subList(0, found.size()).equals(found));
  }

  @Test
  void add_whereverThePowerIsCut_keepsWhatItReturnedFor() throws Exception {
    cutPower(SEED, 10_000);
  }

  @Test
  void add_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
