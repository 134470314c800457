package org.tributary.server.sync;

import java.io.IOException;
import org.tributary.server.http.Admission;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;

/** A batch of rows, stored and then acknowledged row by row. */
public record BatchEndpoint(
    Ingest ingest, Ingest.Limits limits, Admission admission, BatchWatch watch)
    implements Endpoint {

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public String path() {
    return SyncApi.BATCH;
  }

  @Override
  public Audience audience() {
    return Audience.GATEWAYS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = request.caller().gateway();
    byte[] body = request.body(limits.maxBytes());
    int size = body.length;
    Batch batch = BatchCodec.decode(body, limits.maxRows(), expanded(limits));
    try {
      Ack ack = ingest.accept(gateway, batch, size);
      watch.stored(ack, size);
      return Response.json(SyncJson.write(ack.pausing(admission.pause())));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }

  static GatewayId named(String name) throws WireFormatException {
    try {
      return new GatewayId(name);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  // Rows hardly ever compress better than tenfold; what does is no batch of readings.
  static int expanded(Ingest.Limits limits) {
    return limits.maxBytes() * 4;
  }
}
