package org.tributary.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;

/** In a folder that is made with the first file. */
class WholeFileDiskTest extends DiskTrial<String> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  private record Open(Path file) implements Keeper<String> {

    @Override
    public void write(String before, String value) throws IOException {
      Folders.create(Folders.of(file));
      if (value.length() % 2 == 0) {
        WholeFile.write(file, value);
      } else {
        WholeFile.writeSecret(file, value);
      }
    }

    @Override
    public String read() throws IOException {
      try {
        return Files.readString(file);
      } catch (NoSuchFileException e) {
        return "";
      }
    }
  }

  WholeFileDiskTest() {
    super("");
  }

  @Override
  protected String next(String before, Random random) {
    return "%x Küche ".formatted(random.nextLong()).repeat(1 + random.nextInt(1_000));
  }

  @Override
  protected Keeper<String> start(Path folder) {
    return new Open(folder.resolve("state").resolve("a.txt"));
  }

  @Test
  void write_whereverThePowerIsCut_leavesTheOldTextOrTheNewOne() throws Exception {
    cutPower(SEED, 10_000);
  }

  @Test
  void write_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
