package org.tributary.server.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;

/** What central answers. Immutable. */
public final class Response {

  /** A body that is written as it is made, so that a large one never stands in memory. */
  public interface Body {
    /**
     * Writes all of it. A failure after the first byte breaks the connection off, so that what
     * arrived can't pass for the whole.
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private final int status;
  private final String contentType;
  private final Body body;
  private final Map<String, String> headers;

  private Response(int status, String contentType, Body body, Map<String, String> headers) {
    this.status = status;
    this.contentType = requireNonNull(contentType);
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  Body body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** A document; the array must not be changed afterwards. */
  public static Response json(byte[] body) {
    return bytes(200, SyncApi.JSON_TYPE, body);
  }

  /** Any document; the array must not be changed afterwards. */
  public static Response bytes(int status, String contentType, byte[] body) {
    return new Response(status, contentType, out -> out.write(body), Map.of());
  }

  /** A document that is written while it is made. */
  public static Response stream(int status, String contentType, Body body) {
    return new Response(status, contentType, body, Map.of());
  }

  /** Done, and there is nothing to say. */
  public static Response nothing() {
    return new Response(204, "", out -> {}, Map.of());
  }

  /** Done; a browser goes on at that path. */
  public static Response seeOther(String path) {
    return new Response(303, "", out -> {}, Map.of("Location", path));
  }

  /** Something is wrong, as RFC 9457 has it; the detail says what to do. */
  public static Response problem(int status, String title, String detail) {
    return bytes(status, SyncApi.PROBLEM_TYPE, SyncJson.writeProblem(status, title, detail));
  }

  /** A member or parameter is wrong: a problem that names it as {@code field}. */
  public static Response problem(int status, String title, String detail, String field) {
    return bytes(status, SyncApi.PROBLEM_TYPE, SyncJson.writeProblem(status, title, detail, field));
  }

  /** The same again later: nothing was stored. */
  public static Response later(int status, String title, String detail, int seconds) {
    return problem(status, title, detail).with("Retry-After", Integer.toString(seconds));
  }

  /** The same with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, contentType, body, more);
  }
}
