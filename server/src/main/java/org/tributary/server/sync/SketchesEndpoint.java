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

/** Sketches of windows that differ, answered with the few buckets that do. */
public record SketchesEndpoint(Ingest ingest, Ingest.Limits limits) implements Endpoint {

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.SKETCHES;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = BatchEndpoint.gateway(request);
    try {
      return Response.bytes(
          200,
          SyncApi.DIGESTS_TYPE,
          DigestCodec.encodeParts(
              ingest.parts(gateway, DigestCodec.decodeSketches(request.body(limits.maxBytes())))));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
