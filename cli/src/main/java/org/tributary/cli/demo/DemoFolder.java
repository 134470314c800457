package org.tributary.cli.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl;

/**
 * The folder that a demo lives in. A hidden file marks it as ours, so that the next demo may
 * replace what this one leaves, and nothing else is ever removed; while a demo runs it holds that
 * file.
 */
public final class DemoFolder implements AutoCloseable {

  private static final String MARKER = ".tributary-demo";
  private static final String PUSH_STATE = "push-state";
  private static final Pattern OURS =
      Pattern.compile("(central|gateway-\\d+)\\.(db|db-wal|db-shm|db-journal|conf)");
  private static final Pattern OUR_STATE = Pattern.compile("gateway-\\d+\\..*(lock|last|new)");

  private final Path folder;
  private final FileChannel marker;

  private DemoFolder(Path folder, FileChannel marker) {
    this.folder = folder;
    this.marker = marker;
  }

  /**
   * Makes the folder, or clears what an earlier demo left in it.
   *
   * @throws IllegalArgumentException if it is in use, or holds something else; a sentence
   */
  public static DemoFolder fresh(Path folder) throws IOException {
    boolean known = Files.isRegularFile(folder.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          folder + " is a file, and the demo needs a folder; give it another one with --dir");
    }
    if (!known && Files.isDirectory(folder) && !isEmpty(folder)) {
      throw new IllegalArgumentException(
          "The folder %s was not made by a demo, so it is left as it is; give the demo another one"
                  .formatted(folder)
              + " with --dir");
    }
    Files.createDirectories(folder);
    FileChannel marker =
        FileChannel.open(
            folder.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(marker)) {
      marker.close();
      throw new IllegalArgumentException(
          "A demo is running in the folder %s already; stop it, or choose another one with --dir"
              .formatted(folder));
    }
    clear(folder, OURS);
    clear(folder.resolve(PUSH_STATE), OUR_STATE);
    return new DemoFolder(folder, marker);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A SQLite database in this folder. */
  DatabaseUrl database(String file) {
    return DatabaseUrl.parse("sqlite:///" + file, folder.toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    marker.close();
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private static boolean lock(FileChannel marker) throws IOException {
    try {
      @Nullable FileLock lock = marker.tryLock(); // let go when the channel is closed
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  private static void clear(Path folder, Pattern names) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (names.matcher(entry.getFileName().toString()).matches()
            && !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(entry);
        }
      }
    }
  }
}
