package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** What central knows of all gateways. */
public record GatewaysEndpoint(Ingest ingest) implements Endpoint {

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return SyncApi.GATEWAYS;
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return Response.json(SyncJson.write(ingest.gateways()));
  }
}
