package org.tributary.edge.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.tributary.edge.http.Pin;
import org.tributary.edge.http.TlsTrouble;
import org.tributary.edge.http.Trust;
import org.tributary.store.DurationWords;

/** Whether a remote shows a certificate that can be trusted, is for it, and holds for a while. */
public record TlsCheck(String host, int port, Trust trust, Clock clock) implements Check {

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
    SSLSocketFactory sockets;
    try {
      sockets = trust.context().getSocketFactory();
    } catch (IOException e) {
      return Finding.problem(String.valueOf(e.getMessage()), "mend ca_file");
    }
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      plain.setSoTimeout((int) PATIENCE.toMillis());
      try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name has to match
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return validity(
            "%s, key %s".formatted(socket.getSession().getProtocol(), Pin.of(own.getPublicKey())),
            own.getNotAfter().toInstant());
      }
    } catch (SSLException e) {
      TlsTrouble trouble = TlsTrouble.of(e, host);
      return Finding.problem(trouble.what(), trouble.todo());
    } catch (IOException e) {
      return Finding.problem(
          "the handshake broke off: " + e.getMessage(), "does https belong into url?");
    }
  }

  private Finding validity(String protocol, Instant until) {
    String day = until.toString().substring(0, 10);
    Duration left = Duration.between(clock.instant(), until);
    String what = "%s, certificate for %s until %s".formatted(protocol, host, day);
    return left.compareTo(SOON) < 0
        ? Finding.warning(
            what + ", in " + DurationWords.brief(left), "renew central's certificate before that")
        : Finding.ok(what);
  }
}
