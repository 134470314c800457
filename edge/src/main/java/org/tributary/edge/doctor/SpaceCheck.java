package org.tributary.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Whether there is room left where the gateway's files are. */
public record SpaceCheck(String name, Path folder, Room room) implements Check {

  private static final long LOW = 100L << 20;

  /** How many bytes this user may still write in a folder. */
  public interface Room {
    long in(Path folder) throws IOException;
  }

  /** As the file system says. */
  public static SpaceCheck of(String name, Path folder) {
    return new SpaceCheck(name, folder, path -> Files.getFileStore(path).getUsableSpace());
  }

  @Override
  public List<Finding> look() {
    try {
      long bytes = room.in(folder);
      String what = "%s free in %s".formatted(words(bytes), folder);
      return List.of(
          bytes < LOW
              ? Finding.warning(what, "free some: the logger and the push write there")
              : Finding.ok(what));
    } catch (NoSuchFileException e) {
      return List.of(Finding.notChecked("there is no folder " + folder));
    } catch (IOException e) {
      return List.of(Finding.warning("not known for %s: %s".formatted(folder, e), ""));
    }
  }

  private static String words(long bytes) {
    return bytes < 1L << 30
        ? "%d MB".formatted(bytes >> 20)
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
  }
}
