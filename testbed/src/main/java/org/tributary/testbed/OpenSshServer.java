package org.tributary.testbed;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenSSH's own host, where one is installed; the user is whoever runs this. */
public final class OpenSshServer implements SshServer {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private OpenSshServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Whether this machine has one. */
  public static boolean isInstalled() {
    return program().isPresent();
  }

  private static Optional<Path> program() {
    return Stream.of("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it, and waits until it answers. */
  public static OpenSshServer start(SshServerPlan plan) {
    int port = plan.port() == 0 ? ServerProcess.freePort() : plan.port();
    Path folder = plan.folder();
    try {
      if (ServerProcess.asRoot()) {
        Files.createDirectories(Path.of("/run/sshd")); // where it hides what is not signed in yet
      }
      Path users = folder.resolve("authorized_keys");
      Files.write(users, plan.users().stream().map(SshKeyFile::publicLine).toList());
      String hostKeys =
          plan.hostKeys().stream()
              .map(key -> "HostKey " + key.writeTo(folder))
              .collect(joining("\n"));
      Path config =
          Files.writeString(
              folder.resolve("sshd_config"),
              """
              Port %d
              ListenAddress 127.0.0.1
              %s
              AuthorizedKeysFile %s
              PidFile none
              StrictModes no
              UsePAM no
              PermitRootLogin prohibit-password
              PasswordAuthentication no
              KbdInteractiveAuthentication no
              AllowTcpForwarding %s
              MaxStartups 100
              RekeyLimit 4M
              """
                  .formatted(port, hostKeys, users, plan.forwards() ? "yes" : "no"));
      Path log = folder.resolve("sshd.log");
      Process process =
          new ProcessBuilder(
                  List.of(program().orElseThrow().toString(), "-D", "-e", "-f", config.toString()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      OpenSshServer server = new OpenSshServer(process, port);
      server.awaitAnswer(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while an SSH host started", e);
    }
  }

  private void awaitAnswer(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("sshd does not start:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false; // not yet
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String user() {
    return System.getProperty("user.name");
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join(); // waiting for grandchildren is polling, and takes seconds
  }
}
