package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Greeting;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** A gateway's first words, answered with what central has of it. */
public record GreetingEndpoint(Ingest ingest, String version) implements Endpoint {

  private static final int MAX_BYTES = 16_384;

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.GREETING;
  }

  @Override
  public Audience audience() {
    return Audience.GATEWAYS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Greeting greeting = SyncJson.readGreeting(request.body(MAX_BYTES));
    Foreign.refuse(request, greeting.gateway());
    if (greeting.protocol() < SyncApi.OLDEST_PROTOCOL) {
      return Response.problem(
          409,
          "Too old",
          "This central speaks version %d of the protocol and newer, the gateway up to %d: upgrade it"
              .formatted(SyncApi.OLDEST_PROTOCOL, greeting.protocol()));
    }
    try {
      return Response.json(SyncJson.write(ingest.greet(greeting, version)));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
