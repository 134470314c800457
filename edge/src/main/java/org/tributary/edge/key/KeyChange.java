package org.tributary.edge.key;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LaterException;
import org.tributary.edge.http.NotLetInException;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.EnrolmentJson;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;

/**
 * Gets a gateway a key: the first by a code, any other by the one that it has. The secret is made
 * here and written down before central hears of it, by its hash, and what it had goes on until
 * central has said yes; so it may be broken off anywhere and done again. Stateless.
 *
 * @param link to central; shows the key that stands in the file
 */
public record KeyChange(HttpLink link, KeyFile file, Clock clock) {

  /**
   * Makes the gateway known.
   *
   * @return its name, which central's operator gave it
   * @throws NotLetInException if the code is none that central knows
   */
  public GatewayId enrol(EnrolmentCode code) throws IOException {
    return change(SyncApi.ENROL, Optional.of(code));
  }

  /** Gets another key in place of the one that there is. */
  public GatewayId renew() throws IOException {
    return change(SyncApi.ROTATE, Optional.empty());
  }

  private GatewayId change(String path, Optional<EnrolmentCode> code) throws IOException {
    GatewayKey before = file.read();
    Credential next = before.next().orElseGet(() -> Credential.random(new SecureRandom()));
    GatewayKey awaiting = before.awaiting(next);
    file.write(awaiting);
    byte[] asked = EnrolmentJson.write(new EnrolmentJson.Asked(code, Enrolment.of(next)));
    HttpResponse<byte[]> answer =
        link.answer(
            link.request(path.substring(1))
                .header("Content-Type", SyncApi.JSON_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(asked))
                .build());
    if (answer.statusCode() != 200) {
      IOException failure = failure(answer);
      if (failure instanceof NotLetInException) {
        file.restore(before); // central has said that it will never know it
      }
      throw failure;
    }
    GatewayId gateway = EnrolmentJson.readEnrolled(answer.body());
    file.write(awaiting.changed(gateway, clock.instant()));
    return gateway;
  }

  private IOException failure(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    Optional<String> said = SyncJson.readProblem(answer.body());
    if (HttpLink.isLater(status)) {
      return new LaterException(
          said.orElse(link.base() + " answered with status " + status),
          HttpLink.retryAfter(answer));
    }
    if (said.isEmpty()) {
      return new WireFormatException(
          link.base() + " answered with status " + status + "; is this a Tributary central?");
    }
    return status == 404 || status == 405
        ? new WireFormatException(
            link.base() + " is a central of a version that knows no keys; upgrade it first")
        : new NotLetInException(said.get());
  }
}
