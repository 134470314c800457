package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;

/** Digests of what a gateway has, answered with the windows that differ. */
public record DigestsEndpoint(Ingest ingest, Ingest.Limits limits) implements Endpoint {

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.DIGESTS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = BatchEndpoint.gateway(request);
    try {
      return Response.bytes(
          200,
          SyncApi.DIGESTS_TYPE,
          DigestCodec.encodeDifferences(
              ingest.differences(
                  gateway, DigestCodec.decodeClaims(request.body(limits.maxBytes())))));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
