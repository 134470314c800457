package org.tributary.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * Tidies up when the test JVM ends: what was begun last is ended first, so that a server has
 * stopped before its directory goes.
 */
public final class AtExit {
  private static final Deque<Runnable> ACTIONS = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll, "tidy-up"));
  }

  private AtExit() {}

  /** Has that done when the JVM ends. */
  public static synchronized void run(Runnable action) {
    ACTIONS.push(action);
  }

  /** A new directory, deleted at exit. Others may enter it: as root, PostgreSQL runs as nobody. */
  public static Path temporaryDirectory(String name) {
    return temporaryDirectory(Path.of(System.getProperty("java.io.tmpdir")), name);
  }

  /** A new directory in another one, deleted at exit. */
  public static Path temporaryDirectory(Path parent, String name) {
    try {
      Path directory = Files.createTempDirectory(parent, "tributary-" + name + "-");
      run(() -> deleteTree(directory));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary directory for " + name, e);
    }
  }

  static void deleteTree(Path directory) {
    try (Stream<Path> everything = Files.walk(directory)) {
      for (Path path : everything.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // deleted already
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // the JVM is ending: nobody is left to be told
  private static synchronized void runAll() {
    while (!ACTIONS.isEmpty()) {
      try {
        ACTIONS.pop().run();
      } catch (RuntimeException e) {
        e.printStackTrace();
      }
    }
  }
}
