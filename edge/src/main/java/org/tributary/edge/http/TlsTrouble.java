package org.tributary.edge.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why a central could not be spoken to over TLS, in words.
 *
 * @param todo what the operator can do
 */
public record TlsTrouble(String what, String todo) {

  /**
   * Finds out why.
   *
   * @param host whose certificate was expected
   */
  public static TlsTrouble of(SSLException failure, String host) {
    Optional<PinChangedException> pin = cause(failure, PinChangedException.class);
    if (pin.isPresent()) {
      return new TlsTrouble(
          "the certificate is in order, but its key is %s, and pin names another"
              .formatted(pin.get().shown()),
          "ask whoever runs central whether its key has changed; if so, put the new one beside the"
              + " old in pin, otherwise somebody stands between");
    }
    if (cause(failure, CertificateExpiredException.class).isPresent()) {
      return new TlsTrouble(
          "the certificate has expired", "renew it at central; is this machine's clock right?");
    }
    if (cause(failure, CertificateNotYetValidException.class).isPresent()) {
      return new TlsTrouble(
          "the certificate is not valid yet", "is this machine's clock right? (`date -u`)");
    }
    if (cause(failure, CertPathBuilderException.class).isPresent()) {
      return new TlsTrouble(
          "nobody who is trusted here has signed the certificate",
          "a captive portal, or a certificate of central's own: if so, get the file from whoever runs"
              + " it and say ca_file = FILE beside url");
    }
    Optional<CertificateException> other = cause(failure, CertificateException.class);
    if (other.isPresent()) {
      return new TlsTrouble(
          "the certificate is not for %s: %s".formatted(host, other.get().getMessage()),
          "url must have a name that the certificate has");
    }
    return withoutCertificate(String.valueOf(failure.getMessage()));
  }

  private static TlsTrouble withoutCertificate(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    if (words.contains("protocol_version") || words.contains("is not accepted by client")) {
      return new TlsTrouble(
          "its TLS is too old; 1.2 is the oldest that is spoken here (%s)".formatted(message),
          "renew the program that answers there");
    }
    if (words.contains("unrecognized ssl message") || words.contains("plaintext")) {
      return new TlsTrouble(
          "no TLS there: " + message, "does central speak http instead of https?");
    }
    return new TlsTrouble(
        "the handshake failed: " + message, "what answers there, and is the port in url right?");
  }

  private static <T> Optional<T> cause(Throwable failure, Class<T> kind) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return Optional.of(kind.cast(each));
      }
    }
    return Optional.empty();
  }
}
