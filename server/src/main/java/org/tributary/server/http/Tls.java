package org.tributary.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Central's certificate and key, shown to whoever connects, and shown anew once the files are
 * renewed: connections that are open go on. A renewed pair that can't be used is logged, and the
 * old one stays. Thread-safe.
 */
public final class Tls implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Tls.class);
  private static final long LOOK_EVERY_SECONDS = 60;
  private static final Duration SOON = Duration.ofDays(14);
  private static final long HSTS_SECONDS = Duration.ofDays(365).toSeconds();
  private static final String ALIAS = "central";
  private static final String IN_MEMORY_ONLY = "memory";

  private final Path certificates;
  private final Path key;
  private final Clock clock;
  private final SslContextFactory.Server contexts = new SslContextFactory.Server();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "certificate-watch");
            thread.setDaemon(true);
            return thread;
          });
  private List<FileTime> seen;
  private PemPair shown;

  private Tls(Path certificates, Path key, Clock clock) throws PemException {
    this.certificates = certificates;
    this.key = key;
    this.clock = clock;
    this.seen = times();
    this.shown = PemPair.read(certificates, key, clock.instant());
    contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    contexts.setKeyStore(store(shown));
    contexts.setKeyStorePassword(IN_MEMORY_ONLY);
    sayHowLong();
    warnOfReaders();
  }

  /**
   * Reads a certificate with those that vouch for it, and its key.
   *
   * @param certificates PEM, central's own first
   * @param key PEM, PKCS#8
   * @throws PemException if they can't be used
   */
  public static Tls of(Path certificates, Path key, Clock clock) throws PemException {
    return new Tls(certificates, key, clock);
  }

  /** The fingerprint of the public key that is shown, as gateways pin it. */
  public synchronized String pin() {
    return shown.pin();
  }

  /** What listens with it, and looks every minute whether the files were renewed. */
  ServerConnector connector(Server server, HttpConfiguration plain) {
    HttpConfiguration secure = new HttpConfiguration(plain);
    // Whoever calls checks the name in the certificate; here it only tells which one to show, and
    // there is one.
    secure.addCustomizer(new SecureRequestCustomizer(false, false, HSTS_SECONDS, false));
    Future<?> unused = // ends with the watch
        watch.scheduleWithFixedDelay(
            this::lookForRenewed, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    return new ServerConnector(
        server, new SslConnectionFactory(contexts, "http/1.1"), new HttpConnectionFactory(secure));
  }

  /** Shows the files' new contents from here on, if they have any that can be shown. */
  public synchronized void lookForRenewed() {
    List<FileTime> now = times();
    if (now.equals(seen)) {
      return;
    }
    seen = now; // said once, and looked at again when they change again
    try {
      PemPair renewed = PemPair.read(certificates, key, clock.instant());
      contexts.reload(factory -> factory.setKeyStore(store(renewed)));
      shown = renewed;
      sayHowLong();
    } catch (PemException e) {
      log.warn("The certificate stays the old one: {}", e.getMessage());
    } catch (Exception e) { // as the library declares it
      log.warn("The certificate stays the old one: it can't be shown", e);
    }
  }

  /** Ends the looking; whoever listens with it ends that. */
  @Override
  public void close() {
    watch.shutdownNow();
  }

  private void sayHowLong() {
    log.info("Central shows a certificate for {} until {}", shown.subject(), shown.expires());
    if (shown.expires().isBefore(clock.instant().plus(SOON))) {
      log.warn(
          "The certificate in {} expires on {}, and gateways refuse it then: renew it",
          certificates,
          shown.expires());
    }
  }

  private void warnOfReaders() {
    try {
      if (Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)) {
        log.warn("Everybody on this machine can read the key in {}: chmod o= {}", key, key);
      }
    } catch (UnsupportedOperationException | IOException e) {
      log.debug("Who may read {} can't be told", key, e);
    }
  }

  private List<FileTime> times() {
    return List.of(time(certificates), time(key));
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // on its way, or gone: reading it says so
    }
  }

  private static KeyStore store(PemPair pair) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          ALIAS,
          pair.key(),
          IN_MEMORY_ONLY.toCharArray(),
          pair.chain().toArray(new X509Certificate[0]));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("A pair that was read can be kept", e);
    }
  }
}
