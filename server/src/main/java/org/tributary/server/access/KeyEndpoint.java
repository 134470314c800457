package org.tributary.server.access;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.access.SignIns;
import org.tributary.wire.EnrolmentJson;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;
import org.tributary.wire.WireFormatException;

/**
 * How a gateway gets a key: the first by a one-time code, any other by the one that it has. Only
 * the hash of a key ever comes here. Thread-safe.
 */
public final class KeyEndpoint implements Endpoint {

  private static final int MAX_BYTES = 4_096;
  private static final int FREE_FAILURES = 10;

  private final SignIns signIns;
  private final boolean isFirst;
  private final Throttle throttle;

  private KeyEndpoint(SignIns signIns, boolean isFirst, Clock clock) {
    this.signIns = signIns;
    this.isFirst = isFirst;
    this.throttle = new Throttle(clock, FREE_FAILURES);
  }

  /** By a code, and by a key. */
  public static List<Endpoint> all(SignIns signIns, Clock clock) {
    return List.of(new KeyEndpoint(signIns, true, clock), new KeyEndpoint(signIns, false, clock));
  }

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return isFirst ? SyncApi.ENROL : SyncApi.ROTATE;
  }

  @Override
  public Audience audience() {
    return isFirst ? Audience.ANYONE : Audience.GATEWAYS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return isFirst ? enrolled(request) : rotated(request);
  }

  private Response enrolled(Request request) throws IOException {
    Duration wait = throttle.wait(request.address());
    if (!wait.isZero()) {
      return Response.later(
          429, "Too many tries", "Wait before the next code is tried", (int) wait.toSeconds());
    }
    Optional<GatewayId> gateway = Optional.empty();
    try {
      EnrolmentJson.Asked asked = EnrolmentJson.readAsked(request.body(MAX_BYTES));
      if (asked.code().isPresent()) {
        gateway = signIns.enrol(asked.code().get(), asked.enrolment());
      }
    } catch (WireFormatException e) {
      throttle.failed(request.address());
      return unknown();
    }
    if (gateway.isEmpty()) {
      throttle.failed(request.address());
      return unknown();
    }
    throttle.succeeded(request.address());
    return Response.json(EnrolmentJson.writeEnrolled(gateway.get()));
  }

  private static Response unknown() {
    return Response.problem(
        401,
        "Unknown code",
        "This code is none of central's, or it was used, or has ended. At central, tributary gateway"
            + " add NAME gives another");
  }

  private Response rotated(Request request) throws IOException {
    EnrolmentJson.Asked asked = EnrolmentJson.readAsked(request.body(MAX_BYTES));
    GatewayId gateway = request.caller().gateway();
    if (request.caller().keyOf().isPresent() && !signIns.rotate(gateway, asked.enrolment())) {
      return Response.problem(
          409, "Used before", "There was another key of that id; make a new one");
    }
    return Response.json(EnrolmentJson.writeEnrolled(gateway));
  }
}
