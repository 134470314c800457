package org.tributary.acceptance.push;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tributary.testbed.AtExit;

/**
 * How the program is started: as the launcher does, by its jar and with an archive of its classes
 * where there is a jar, which takes half the time; otherwise by the class path.
 */
final class JavaStart {

  private static final String MAIN = "org.tributary.cli.Main";

  /** Prepared once by the first that starts anything. */
  private static final class Prepared {
    static final Optional<Path> JAR = jar();
    static final List<String> MACHINE = machine();
  }

  private JavaStart() {}

  /** The words before those that the program reads. */
  static List<String> command() {
    List<String> words = new ArrayList<>(Prepared.MACHINE);
    Prepared.JAR.ifPresentOrElse(
        jar -> words.addAll(List.of("-jar", jar.toString())),
        () -> words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN)));
    return words;
  }

  /** The words that start another program of the class path with the same memory. */
  static List<String> command(Class<?> main) {
    List<String> words = new ArrayList<>(Prepared.MACHINE);
    // The archive is believed as long as the class path begins with what it was made of.
    String first = Prepared.JAR.map(jar -> jar + File.pathSeparator).orElse("");
    words.addAll(List.of("-cp", first + System.getProperty("java.class.path"), main.getName()));
    return words;
  }

  private static List<String> machine() {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    if (Prepared.JAR.isEmpty()) {
      return words;
    }
    Path archive = AtExit.temporaryDirectory("classes").resolve("classes.jsa");
    if (isArchived(Prepared.JAR.get(), archive)) {
      words.addAll(
          List.of(
              "-XX:SharedArchiveFile=" + archive,
              "-Xshare:auto",
              "-Xlog:cds=off",
              "-Xlog:cds+dynamic=off"));
    }
    return words;
  }

  /** The jar under test, if the class path has it and its libraries lie beside it. */
  private static Optional<Path> jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(entry -> entry.endsWith("tributary.jar"))
        .filter(entry -> Files.isDirectory(entry.resolveSibling("lib")))
        .findFirst();
  }

  private static boolean isArchived(Path jar, Path archive) {
    try {
      Process demo =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:ArchiveClassesAtExit=" + archive,
                  "-jar",
                  jar.toString(),
                  "demo",
                  "--once",
                  "--days",
                  "1",
                  "--port",
                  "0",
                  "--dir",
                  archive.resolveSibling("demo").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return demo.waitFor(3, TimeUnit.MINUTES) && demo.exitValue() == 0 && Files.exists(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
