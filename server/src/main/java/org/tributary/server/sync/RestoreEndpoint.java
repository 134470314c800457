package org.tributary.server.sync;

import java.io.IOException;
import java.util.List;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.NotPermittedException;
import org.tributary.store.ingest.Restoring;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.RestoreJson;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;

/** What a gateway asks to get its own rows back; 403 without a permission that holds. */
public record RestoreEndpoint(String path, String type, int maxBytes, Question question)
    implements Endpoint {

  private static final int MAX_JSON = 4_096;
  private static final int MAX_DIGESTS = 1 << 20;

  /** Answers what stands in a body. */
  @FunctionalInterface
  public interface Question {
    byte[] answer(Restoring.Asking asking, byte[] body) throws IOException, NotPermittedException;
  }

  /** To look, to count, to begin, to compare, to read rows, and to say that all is there. */
  public static List<Endpoint> all(Restoring restoring) {
    return List.of(
        new RestoreEndpoint(
            SyncApi.RESTORE,
            SyncApi.JSON_TYPE,
            MAX_JSON,
            (asking, body) -> RestoreJson.write(restoring.begin(asking))),
        new RestoreEndpoint(
            SyncApi.RESTORE_LOOK,
            SyncApi.JSON_TYPE,
            MAX_JSON,
            (asking, body) ->
                RestoreJson.write(restoring.look(asking, SyncJson.readGreeting(body)))),
        new RestoreEndpoint(
            SyncApi.RESTORE_COUNT,
            SyncApi.JSON_TYPE,
            MAX_JSON,
            (asking, body) ->
                RestoreJson.write(restoring.count(asking, RestoreJson.readRequest(body)))),
        new RestoreEndpoint(
            SyncApi.RESTORE_DIGESTS,
            SyncApi.DIGESTS_TYPE,
            MAX_DIGESTS,
            (asking, body) ->
                DigestCodec.encodeDifferences(
                    restoring.differences(asking, DigestCodec.decodeClaims(body)))),
        new RestoreEndpoint(
            SyncApi.RESTORE_ROWS,
            SyncApi.BATCH_TYPE,
            MAX_JSON,
            (asking, body) ->
                BatchCodec.encode(restoring.rows(asking, RestoreJson.readRequest(body)))),
        new RestoreEndpoint(
            SyncApi.RESTORE_END,
            SyncApi.JSON_TYPE,
            MAX_JSON,
            (asking, body) -> {
              restoring.end(asking);
              return RestoreJson.ended();
            }));
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
    String machine =
        request
            .header(SyncApi.MACHINE_HEADER)
            .orElseThrow(
                () ->
                    new WireFormatException(
                        "The header " + SyncApi.MACHINE_HEADER + " is missing"));
    Restoring.Asking asking = new Restoring.Asking(request.caller().gateway(), machine);
    try {
      return Response.bytes(200, type, question.answer(asking, request.body(maxBytes)));
    } catch (NotPermittedException e) {
      return Response.problem(403, "Not permitted", String.valueOf(e.getMessage()));
    }
  }
}
