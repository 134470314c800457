package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;

class PushRecordFileDiskTest extends DiskTrial<PushRecordFile> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  private record Open(Path file) implements Keeper<PushRecordFile> {

    @Override
    public void write(PushRecordFile before, PushRecordFile value) throws IOException {
      value.save(file);
    }

    @Override
    public PushRecordFile read() {
      return PushRecordFile.load(file);
    }
  }

  PushRecordFileDiskTest() {
    super(new PushRecordFile(PushRecord.Content.NONE, Map.of()));
  }

  @Override
  protected PushRecordFile next(PushRecordFile before, Random random) {
    PushRecord.Content content =
        new PushRecord.Content(
            Optional.of(Instant.ofEpochSecond(random.nextInt(1 << 30))),
            Map.of(),
            Map.of(),
            random.nextInt(1_000),
            Optional.of("central is gone ".repeat(random.nextInt(50))),
            random.nextBoolean(),
            Rates.parse(""),
            Optional.empty());
    return new PushRecordFile(content, Map.of());
  }

  @Override
  protected Keeper<PushRecordFile> start(Path folder) {
    return new Open(folder.resolve("a.last"));
  }

  @Test
  void save_whereverThePowerIsCut_leavesTheOldRecordOrTheNewOne() throws Exception {
    cutPower(SEED, 2_000);
  }

  @Test
  void save_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
