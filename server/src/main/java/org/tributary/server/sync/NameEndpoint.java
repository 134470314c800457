package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.GreetingTrial;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Greeting;
import org.tributary.wire.NameJson;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** What a gateway's greeting would be told, without being taken for one. */
public record NameEndpoint(GreetingTrial trial) implements Endpoint {

  private static final int MAX_BYTES = 4_096;

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.NAME;
  }

  @Override
  public Audience audience() {
    return Audience.GATEWAYS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Greeting greeting = SyncJson.readGreeting(request.body(MAX_BYTES));
    Foreign.refuse(request, greeting.gateway());
    try {
      return Response.json(NameJson.write(trial.of(greeting)));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
