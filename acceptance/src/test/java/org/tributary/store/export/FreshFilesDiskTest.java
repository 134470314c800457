package org.tributary.store.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.DiskTrial;
import org.tributary.testbed.disk.Keeper;

/** Readings and what explains them: the readings never without, and never half. */
class FreshFilesDiskTest extends DiskTrial<List<String>> {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  private record Open(Path readings, Path words) implements Keeper<List<String>> {

    @Override
    public void write(List<String> before, List<String> value) throws IOException {
      try (FreshFiles files = new FreshFiles(true)) {
        files.write(readings, value.get(0).getBytes(StandardCharsets.UTF_8));
        files.write(words, value.get(1).getBytes(StandardCharsets.UTF_8));
        files.finish();
      }
    }

    @Override
    public List<String> read() throws IOException {
      return List.of(text(readings), text(words));
    }

    private static String text(Path file) throws IOException {
      try {
        return Files.readString(file);
      } catch (NoSuchFileException e) {
        return "";
      }
    }
  }

  FreshFilesDiskTest() {
    super(List.of("", ""));
  }

  @Override
  protected List<String> next(List<String> before, Random random) {
    String text = "%x ".formatted(random.nextLong());
    return List.of(text.repeat(1 + random.nextInt(1_000)), text);
  }

  @Override
  protected Keeper<List<String>> start(Path folder) {
    return new Open(folder.resolve("a.csv"), folder.resolve("a.json"));
  }

  @Override
  protected boolean mayBe(List<String> found, List<String> before, List<String> value) {
    return super.mayBe(found, before, value) || found.equals(List.of(before.get(0), value.get(1)));
  }

  @Test
  void finish_whereverThePowerIsCut_leavesWholeFilesAndTheReadingsLast() throws Exception {
    cutPower(SEED, 10_000);
  }

  @Test
  void finish_whereverTheDiskFails_saysSoAndLosesNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(failEverywhere(SEED + i)).isGreaterThan(5);
    }
  }
}
