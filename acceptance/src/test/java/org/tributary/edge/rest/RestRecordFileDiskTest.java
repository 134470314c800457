package org.tributary.edge.rest;

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

class RestRecordFileDiskTest extends DiskTrial<List<SetAside>> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  private record Open(RestRecordFile file) implements Keeper<List<SetAside>> {

    @Override
    public void write(List<SetAside> before, List<SetAside> value) throws IOException {
      RestRecord record = new RestRecord();
      record.problems().addAll(value);
      file.write(record);
    }

    @Override
    public List<SetAside> read() {
      return file.read().problems();
    }
  }

  RestRecordFileDiskTest() {
    super(List.of());
  }

  @Override
  protected List<SetAside> next(List<SetAside> before, Random random) {
    List<SetAside> problems = new ArrayList<>(before);
    problems.add(
        new SetAside(
            "House",
            "[" + random.nextInt() + "]",
            Rule.AMBIGUOUS,
            "two of that address: " + "Mühle ".repeat(random.nextInt(50))));
    return problems;
  }

  @Override
  protected Keeper<List<SetAside>> start(Path folder) {
    return new Open(new RestRecordFile(folder.resolve("a.rest")));
  }

  @Test
  void write_whereverThePowerIsCut_leavesTheOldRecordOrTheNewOne() throws Exception {
    cutPower(SEED, 2_000);
  }

  @Test
  void write_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
