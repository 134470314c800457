package org.tributary.edge.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose word is taken for it that a central is the right one. Certificates are always verified, and
 * so is the name in them; there is no way around that. Immutable.
 *
 * @param caFile PEM certificates that are believed instead of the system's: a private authority's,
 *     or the one that central made for itself
 * @param pins the keys that central may show; any if there are none
 */
public record Trust(Optional<Path> caFile, List<Pin> pins) {

  /** Whom this machine's Java trusts. */
  public static final Trust SYSTEM = new Trust(Optional.empty(), List.of());

  public Trust {
    pins = List.copyOf(pins);
  }

  /**
   * What connections are made with.
   *
   * @throws IOException with a sentence, if the file can't be used
   */
  public SSLContext context() throws IOException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(caFile.isEmpty() ? null : store(caFile.get()));
      X509ExtendedTrustManager usual =
          Arrays.stream(factory.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(X509ExtendedTrustManager.class::cast)
              .findFirst()
              .orElseThrow();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Verification(usual, pins)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("This Java's certificates can't be used: " + e.getMessage(), e);
    }
  }

  /** Of when what is believed is; another one once the file has changed. */
  FileTime version() throws IOException {
    if (caFile.isEmpty()) {
      return FileTime.fromMillis(0);
    }
    try {
      return Files.getLastModifiedTime(caFile.get());
    } catch (IOException e) {
      throw unreadable(caFile.get(), e);
    }
  }

  private static @Nullable KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate each : certificates(file)) {
      number++;
      store.setCertificateEntry("ca-" + number, each);
    }
    if (number == 0) {
      throw new IOException(
          "ca_file: there is no certificate in %s; expected PEM, with -----BEGIN CERTIFICATE-----"
              .formatted(file));
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IOException(
          "ca_file: %s is no PEM file of certificates, or damaged".formatted(file), e);
    }
  }

  private static IOException unreadable(Path file, IOException e) {
    return new IOException(
        "ca_file: %s can't be read (%s); nobody can be trusted without it"
            .formatted(file, e.getClass().getSimpleName()),
        e);
  }
}
