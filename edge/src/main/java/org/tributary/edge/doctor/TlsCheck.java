package org.tributary.edge.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Whether a remote shows a certificate that can be trusted, is for it, and holds for a while. */
public record TlsCheck(String host, int port, SSLSocketFactory sockets, Clock clock)
    implements Check {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofDays(14);

  @Override
  public String name() {
    return "TLS";
  }

  @Override
  public List<Finding> look() {
    return List.of(handshake());
  }

  private Finding handshake() {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      plain.setSoTimeout((int) PATIENCE.toMillis());
      try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name has to match
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return validity(socket.getSession().getProtocol(), own.getNotAfter().toInstant());
      }
    } catch (SSLException e) {
      return untrusted(e);
    } catch (IOException e) {
      return Finding.problem(
          "the handshake broke off: " + e.getMessage(), "does https belong into url?");
    }
  }

  private Finding validity(String protocol, Instant until) {
    String day = until.toString().substring(0, 10);
    Duration left = Duration.between(clock.instant(), until);
    if (left.isNegative()) {
      return Finding.warning(
          "%s, but the certificate for %s expired on %s; this Java trusts it all the same"
              .formatted(protocol, host, day),
          "renew central's certificate: other clients will refuse it");
    }
    String what = "%s, certificate for %s until %s".formatted(protocol, host, day);
    return left.compareTo(SOON) < 0
        ? Finding.warning(
            what + ", in " + DurationWords.of(left), "renew central's certificate before that")
        : Finding.ok(what);
  }

  private Finding untrusted(SSLException failure) {
    if (cause(failure, CertificateExpiredException.class).isPresent()) {
      return Finding.problem(
          "the certificate has expired", "renew it at central; is this machine's clock right?");
    }
    if (cause(failure, CertificateNotYetValidException.class).isPresent()) {
      return Finding.problem(
          "the certificate is not valid yet", "is this machine's clock right? (`date -u`)");
    }
    if (cause(failure, CertPathBuilderException.class).isPresent()) {
      return Finding.problem(
          "nobody this Java trusts has signed the certificate",
          "a captive portal or a self-signed certificate; if it is central's, import it:"
              + " keytool -importcert -cacerts -file central.pem");
    }
    Optional<CertificateException> other = cause(failure, CertificateException.class);
    if (other.isPresent()) {
      return Finding.problem(
          "the certificate is not for %s: %s".formatted(host, other.get().getMessage()),
          "url must have the name that the certificate has");
    }
    return Finding.problem(
        "no TLS there: " + failure.getMessage(), "does central speak http instead of https?");
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
