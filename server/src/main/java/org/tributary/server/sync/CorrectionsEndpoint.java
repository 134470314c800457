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

/** What rows of one gateway were before they were edited or deleted; the newest thousand. */
public record CorrectionsEndpoint(Ingest ingest) implements Endpoint {

  private static final int MAX_ROWS = 1_000;

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return SyncApi.GATEWAYS + "/{gateway}/corrections";
  }

  @Override
  public Audience audience() {
    return Audience.ITSELF_AND_READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = BatchEndpoint.named(request.pathParameter("gateway"));
    return ingest
        .corrections(gateway, MAX_ROWS)
        .map(rows -> Response.json(SyncJson.writeCorrections(rows)))
        .orElseGet(() -> GatewayEndpoint.unknown(gateway));
  }
}
