package org.tributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs central until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs central: keeps a database and answers gateways.")
final class ServeCommand implements Callable<Integer> {

  private enum Auth {
    OFF
  }

  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "sqlite:///tributary.db",
      description = "Central's database (default: ${DEFAULT-VALUE}); created if it is SQLite.")
  private String db;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8765",
      description = "Where to listen (default: ${DEFAULT-VALUE}); loopback only in this release.")
  private String listen;

  @Option(
      names = "--auth",
      paramLabel = "off",
      defaultValue = "off",
      description = "Nobody signs in: the only choice in this release, hence loopback only.")
  private Auth auth;

  @Option(names = "--verbose", description = "Log more.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, UsageException {
    if (verbose) {
      Logs.verbose();
    }
    DatabaseUrl url = DatabaseOption.parse("--db", db);
    InetSocketAddress address = ListenAddress.loopback(listen);
    CentralServer server = CentralServer.start(url, address, Version.text(), Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Central listens on http://%s:%d/ and keeps %s%n",
        address.getHostString(), server.port(), url.printable());
    if (auth == Auth.OFF) {
      out.println("Nobody has to sign in, so only programs on this machine can reach it.");
    }
    out.flush();
    CountDownLatch stopped = new CountDownLatch(1);
    Signals.onStop(
        () -> {
          server.close();
          stopped.countDown();
        });
    return Signals.await(stopped);
  }
}
