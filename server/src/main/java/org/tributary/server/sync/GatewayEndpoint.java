package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** What central knows of one gateway. */
public record GatewayEndpoint(Ingest ingest) implements Endpoint {

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return SyncApi.GATEWAYS + "/{gateway}";
  }

  @Override
  public Audience audience() {
    return Audience.ITSELF_AND_READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = BatchEndpoint.named(request.pathParameter("gateway"));
    return ingest
        .gateway(gateway)
        .map(status -> Response.json(SyncJson.write(status)))
        .orElseGet(() -> unknown(gateway));
  }

  static Response unknown(GatewayId gateway) {
    return Response.problem(404, "Not found", "No gateway \"" + gateway + "\" has ever greeted");
  }
}
