package org.tributary.server.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** What central answers. Immutable. */
public final class Response {

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = requireNonNull(contentType);
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** A document; the array must not be changed afterwards. */
  public static Response json(byte[] body) {
    return new Response(200, SyncApi.JSON_TYPE, body, Map.of());
  }

  /** Bytes of a kind; the array must not be changed afterwards. */
  public static Response binary(String contentType, byte[] body) {
    return new Response(200, contentType, body, Map.of());
  }

  /** Something is wrong, as RFC 9457 has it; the detail says what to do. */
  public static Response problem(int status, String title, String detail) {
    return new Response(
        status, SyncApi.PROBLEM_TYPE, SyncJson.writeProblem(status, title, detail), Map.of());
  }

  /** The same again later: nothing was stored. */
  public static Response later(int status, String title, String detail, int seconds) {
    return new Response(
        status,
        SyncApi.PROBLEM_TYPE,
        SyncJson.writeProblem(status, title, detail),
        Map.of("Retry-After", Integer.toString(seconds)));
  }
}
