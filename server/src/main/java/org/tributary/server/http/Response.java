package org.tributary.server.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** What is wrong, in words for people. */
  public record Problem(String title, String detail) {}

  /**
   * What every answer says to browsers unless its own headers say otherwise: that its type is not
   * to be guessed, that nobody keeps it, what is in it being of people's houses, and that no page
   * of another site shows it within itself.
   */
  private static final Map<String, String> USUAL =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store",
          "Content-Security-Policy", "object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "same-origin");

  private final int status;
  private final String contentType;
  private final Body body;
  private final Map<String, String> headers;
  private final Optional<Problem> problem;

  private Response(
      int status,
      String contentType,
      Body body,
      Map<String, String> headers,
      Optional<Problem> problem) {
    this.status = status;
    this.contentType = requireNonNull(contentType);
    this.body = body;
    this.headers = Map.copyOf(headers);
    this.problem = problem;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** What is wrong, if something is. */
  public Optional<Problem> problem() {
    return problem;
  }

  String contentType() {
    return contentType;
  }

  Body body() {
    return body;
  }

  /** The usual ones among them. */
  Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>(USUAL);
    all.putAll(headers);
    return all;
  }

  /** A document; the array must not be changed afterwards. */
  public static Response json(byte[] body) {
    return bytes(200, SyncApi.JSON_TYPE, body);
  }

  /** Any document; the array must not be changed afterwards. */
  public static Response bytes(int status, String contentType, byte[] body) {
    return new Response(status, contentType, out -> out.write(body), Map.of(), Optional.empty());
  }

  /** A document that is written while it is made. */
  public static Response stream(int status, String contentType, Body body) {
    return new Response(status, contentType, body, Map.of(), Optional.empty());
  }

  /** Done, and there is nothing to say. */
  public static Response nothing() {
    return new Response(204, "", out -> {}, Map.of(), Optional.empty());
  }

  /** Done; a browser goes on at that path. */
  public static Response seeOther(String path) {
    return new Response(303, "", out -> {}, Map.of("Location", path), Optional.empty());
  }

  /** Something is wrong, as RFC 9457 has it; the detail says what to do. */
  public static Response problem(int status, String title, String detail) {
    return problem(status, title, detail, SyncJson.writeProblem(status, title, detail));
  }

  /** A member or parameter is wrong: a problem that names it as {@code field}. */
  public static Response problem(int status, String title, String detail, String field) {
    return problem(status, title, detail, SyncJson.writeProblem(status, title, detail, field));
  }

  private static Response problem(int status, String title, String detail, byte[] body) {
    return new Response(
        status,
        SyncApi.PROBLEM_TYPE,
        out -> out.write(body),
        Map.of(),
        Optional.of(new Problem(title, detail)));
  }

  /** The same again later: nothing was stored. */
  public static Response later(int status, String title, String detail, int seconds) {
    return problem(status, title, detail).with("Retry-After", Integer.toString(seconds));
  }

  /** The same with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, contentType, body, more, problem);
  }
}
