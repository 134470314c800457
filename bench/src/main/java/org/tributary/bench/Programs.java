package org.tributary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the program as a user does.
 *
 * @param folder where it works, and writes its log
 * @param jar the program
 */
record Programs(Path folder, Path jar) {

  /** The jar that a build makes, at work in a new folder. */
  static Programs inNewFolder() throws IOException {
    return new Programs(
        Files.createTempDirectory("tributary-bench-"), Path.of("cli/target/tributary.jar"));
  }

  /**
   * Starts a command with the archive of classes that the launcher makes, as a user's start has it.
   *
   * @param options for Java
   */
  Process start(List<String> options, String... command) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(furtherOptions());
    words.add("-XX:+UseSerialGC");
    Path archive = jar.resolveSibling("tributary.jsa").toAbsolutePath();
    if (Files.notExists(archive) || Files.size(archive) == 0) {
      throw new IllegalStateException(
          archive + " is missing, and starts would be slower than a user's: run ./tributary once");
    }
    words.add("-XX:SharedArchiveFile=" + archive);
    words.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    words.addAll(Arrays.asList(command));
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()))
        .start();
  }

  /** What the launcher passes on to Java as well, to try other options. */
  private static List<String> furtherOptions() {
    return Arrays.stream(System.getenv().getOrDefault("TRIBUTARY_OPTS", "").split(" ", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Starts central and waits until it listens. */
  Process serve(String memory, String database, int port) throws IOException, InterruptedException {
    Process central =
        start(
            List.of(memory),
            "serve",
            "--db",
            database,
            "--listen",
            "127.0.0.1:" + port,
            "--auth",
            "off");
    for (int i = 0; i < 600 && central.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return central;
        }
      } catch (ConnectException e) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("Central did not start: see " + folder);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The most memory that a process took, as the kernel counts it. */
  static long peakKilobytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has just ended, or this system has no /proc
    }
  }

  /** Deletes the folder and all that is in it. */
  void tidyUp() throws IOException {
    delete(folder);
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
