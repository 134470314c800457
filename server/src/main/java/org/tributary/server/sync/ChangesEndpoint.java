package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.MetadataExchange;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.SyncApi;

/** Which rows of metadata a gateway has, answered with what was done to them here. */
public record ChangesEndpoint(MetadataExchange exchange, int maxBytes) implements Endpoint {

  @Override
  public Endpoint.Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.CHANGES;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = BatchEndpoint.gateway(request);
    try {
      return Response.json(
          MetadataJson.write(
              exchange.changes(gateway, MetadataJson.readHoldings(request.body(maxBytes)))));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
