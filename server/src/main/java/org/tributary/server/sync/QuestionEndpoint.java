package org.tributary.server.sync;

import java.io.IOException;
import java.util.List;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.MetadataExchange;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.SyncApi;

/**
 * What a gateway says that it has, answered with what central has otherwise.
 *
 * @param type the media type of the answer
 */
public record QuestionEndpoint(String path, String type, int maxBytes, Question question)
    implements Endpoint {

  /** Answers what stands in a body. */
  @FunctionalInterface
  public interface Question {
    byte[] answer(GatewayId gateway, byte[] body) throws IOException, RefusedGatewayException;
  }

  /**
   * Digests, answered with the windows that differ; sketches of these, with the buckets that do;
   * rows of metadata, with what was done to them here.
   */
  public static List<Endpoint> all(Ingest ingest, MetadataExchange exchange, Ingest.Limits limits) {
    return List.of(
        new QuestionEndpoint(
            SyncApi.DIGESTS,
            SyncApi.DIGESTS_TYPE,
            limits.maxBytes(),
            (gateway, body) ->
                DigestCodec.encodeDifferences(
                    ingest.differences(gateway, DigestCodec.decodeClaims(body)))),
        new QuestionEndpoint(
            SyncApi.SKETCHES,
            SyncApi.DIGESTS_TYPE,
            limits.maxBytes(),
            (gateway, body) ->
                DigestCodec.encodeParts(ingest.parts(gateway, DigestCodec.decodeSketches(body)))),
        new QuestionEndpoint(
            SyncApi.CHANGES,
            SyncApi.JSON_TYPE,
            limits.maxBytes(),
            (gateway, body) ->
                MetadataJson.write(exchange.changes(gateway, MetadataJson.readHoldings(body)))));
  }

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public Audience audience() {
    return Audience.GATEWAYS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    GatewayId gateway = request.caller().gateway();
    try {
      return Response.bytes(200, type, question.answer(gateway, request.body(maxBytes)));
    } catch (RefusedGatewayException e) {
      return Response.problem(409, "Refused", String.valueOf(e.getMessage()));
    }
  }
}
