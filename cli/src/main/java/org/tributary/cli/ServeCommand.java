package org.tributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tributary.server.CentralServer;
import org.tributary.server.http.PemException;
import org.tributary.server.http.Tls;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.wire.EnrolmentCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs central until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs central: keeps a database and answers gateways.")
final class ServeCommand implements Callable<Integer> {

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
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--auth",
      paramLabel = "on|off",
      defaultValue = "on",
      description =
          "Whether gateways, programs and people have to sign in (default: ${DEFAULT-VALUE}); off"
              + " is for trials, and for this machine's loopback only.")
  private CentralServer.Auth auth;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "The certificate to show, and those that vouch for it (PEM, central's own first); read"
              + " again when it is renewed.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM, PKCS#8).")
  private @Nullable Path key;

  @Option(
      names = "--insecure-http",
      description =
          "Listen without TLS although others can reach it: everybody on the way can read along,"
              + " and take keys and passwords.")
  private boolean insecure;

  @Mixin private LogOptions log = new LogOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, UsageException {
    log.apply();
    DatabaseUrl url = DatabaseOption.parse("--db", db);
    Optional<Tls> tls = tls();
    InetSocketAddress address = ListenAddress.of(listen, auth, insecure || tls.isPresent());
    CentralServer server =
        CentralServer.start(
            url, new CentralServer.Front(address, auth, tls), Version.text(), Clock.systemUTC());
    String base =
        "%s://%s:%d/"
            .formatted(tls.isPresent() ? "https" : "http", address.getHostString(), server.port());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Central listens on %s and keeps %s%n", base, url.printable());
    tls.ifPresent(its -> out.printf("Gateways may pin its key: pin = %s%n", its.pin()));
    if (auth == CentralServer.Auth.OFF) {
      out.println("Nobody has to sign in, so only programs on this machine can reach it.");
    } else {
      sayHowToSignIn(out, server, base);
    }
    out.flush();
    server.rehearse();
    CountDownLatch stopped = new CountDownLatch(1);
    Signals.onStop(
        () -> {
          server.close();
          stopped.countDown();
        });
    return Signals.await(stopped);
  }

  private Optional<Tls> tls() throws UsageException {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new UsageException(
          "--tls-cert and --tls-key belong together: the certificate says whose the key is");
    }
    try {
      return Optional.of(Tls.of(certificate, key, Clock.systemUTC()));
    } catch (PemException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static void sayHowToSignIn(PrintWriter out, CentralServer server, String base)
      throws StoreException {
    Optional<EnrolmentCode> code = server.setUpCode();
    if (code.isPresent()) {
      out.printf(
          "Nobody can sign in yet. At %ssign-in this set-up code makes the first"
              + " administrator:%n%n  %s%n%n",
          base, code.get().reveal());
    }
    out.println(
        "Gateways are made known by tributary gateway add, programs by tributary token add.");
  }
}
