package org.tributary.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The program as a process of its own, with the signals that a system sends it. */
public final class Program implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code tributary} with these words; what it prints is kept in the folder. */
  public static Program start(Path folder, String... words) {
    return start(folder, JavaStart.command(), words);
  }

  /**
   * The same on a machine that is set up otherwise.
   *
   * @param options of the virtual machine
   */
  public static Program startWith(Path folder, List<String> options, String... words) {
    List<String> java = new ArrayList<>(JavaStart.command());
    java.addAll(1, options);
    return start(folder, java, words);
  }

  /** Another program of the class path, with these words. */
  public static Program startOther(Path folder, Class<?> main, String... words) {
    return start(folder, JavaStart.command(main), words);
  }

  private static Program start(Path folder, List<String> java, String... words) {
    try {
      List<String> command = new ArrayList<>();
      if (hangUpIsIgnored()) {
        command.addAll(List.of("env", "--default-signal=HUP"));
      }
      command.addAll(java);
      command.addAll(List.of(words));
      Path output = Files.createTempFile(folder, words[0] + "-", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(new File(output.toString()))
              .start();
      return new Program(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the tests were started by {@code nohup} or the like: a child inherits that, and Java
   * then hears no SIGHUP, as it should.
   */
  private static boolean hangUpIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
    }
  }

  /** Central on that port, open to everybody, once it answers. */
  public static Program serve(Path folder, String database, int port) {
    return serve(folder, database, port, "--auth", "off");
  }

  /** Central on that port, where everybody has to sign in, once it answers. */
  public static Program serveClosed(Path folder, String database, int port) {
    return serve(folder, database, port, "--auth", "on");
  }

  private static Program serve(Path folder, String database, int port, String... options) {
    List<String> words =
        new ArrayList<>(List.of("serve", "--db", database, "--listen", "127.0.0.1:" + port));
    words.addAll(List.of(options));
    return answering(start(folder, words.toArray(new String[0])), port);
  }

  /** A central, once it answers on that port. */
  public static Program answering(Program central, int port) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> answers(port) || !central.isAlive());
    assertThat(central.isAlive()).as(central.output()).isTrue();
    return central;
  }

  public static Program push(House house, String... options) {
    List<String> words =
        new ArrayList<>(List.of("push", "--config", house.configuration().toString()));
    words.addAll(List.of(options));
    return start(house.folder(), words.toArray(new String[0]));
  }

  /** A daemon with that configuration; what it prints is kept in the folder. */
  public static Program push(Path folder, Path configuration, String... options) {
    List<String> words = new ArrayList<>(List.of("push", "--config", configuration.toString()));
    words.addAll(List.of(options));
    return start(folder, words.toArray(new String[0]));
  }

  /** A port that nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port", e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}, and its end. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends TERM, HUP, STOP, CONT. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Its exit code, once it has ended by itself. */
  public int exitCode() {
    awaitEnd();
    return process.exitValue();
  }

  /** All that it has printed. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private void awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("ended, having printed: %s", output())
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static boolean answers(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:%d/health".formatted(port)).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }
}
