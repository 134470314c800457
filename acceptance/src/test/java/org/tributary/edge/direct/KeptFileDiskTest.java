package org.tributary.edge.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;

/** Half of what was matched would be taken for all of it. */
class KeptFileDiskTest extends DiskTrial<List<String>> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  private record Open(KeptFile file) implements Keeper<List<String>> {

    @Override
    public void write(List<String> before, List<String> value) throws IOException {
      file.write(value);
    }

    @Override
    public List<String> read() {
      return file.read();
    }
  }

  KeptFileDiskTest() {
    super(List.of());
  }

  @Override
  protected List<String> next(List<String> before, Random random) {
    List<String> lines = new ArrayList<>(before);
    lines.add("House " + random.nextInt() + " is Haus ä " + random.nextInt());
    return lines;
  }

  @Override
  protected Keeper<List<String>> start(Path folder) {
    return new Open(
        new KeptFile(folder.resolve("push-state").resolve("a.direct"), "central of 1f0c"));
  }

  @Test
  void write_whereverThePowerIsCut_leavesTheOldLinesOrTheNew() throws Exception {
    cutPower(SEED, 2_000);
  }

  @Test
  void write_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
