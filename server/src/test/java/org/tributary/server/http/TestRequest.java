package org.tributary.server.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A request as a test makes it up. */
public record TestRequest(
    String method,
    String path,
    Map<String, String> headers,
    Map<String, String> cookies,
    Map<String, String> pathParameters,
    Optional<String> pathToken,
    String text,
    Caller caller)
    implements Request {

  /** Without a body, of a stranger. */
  public static TestRequest of(String method, String path) {
    return new TestRequest(
        method, path, Map.of(), Map.of(), Map.of(), Optional.empty(), "", Caller.STRANGER);
  }

  public TestRequest with(Map<String, String> itsHeaders) {
    return new TestRequest(
        method, path, itsHeaders, cookies, pathParameters, pathToken, text, caller);
  }

  public TestRequest withCookies(Map<String, String> its) {
    return new TestRequest(method, path, headers, its, pathParameters, pathToken, text, caller);
  }

  public TestRequest withPathParameters(Map<String, String> its) {
    return new TestRequest(method, path, headers, cookies, its, pathToken, text, caller);
  }

  public TestRequest withPathToken(String token) {
    return new TestRequest(
        method, path, headers, cookies, pathParameters, Optional.of(token), text, caller);
  }

  public TestRequest withBody(String body) {
    return new TestRequest(method, path, headers, cookies, pathParameters, pathToken, body, caller);
  }

  @Override
  public Request by(Caller somebody) {
    return new TestRequest(
        method, path, headers, cookies, pathParameters, pathToken, text, somebody);
  }

  @Override
  public String address() {
    return "192.0.2.1";
  }

  @Override
  public String host() {
    return "central.test";
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  @Override
  public String pathParameter(String name) {
    return Objects.requireNonNull(pathParameters.get(name));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String origin() {
    return "http://central.test";
  }

  @Override
  public Request whole(int maxBytes) {
    return this;
  }

  @Override
  public byte[] body(int maxBytes) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public InputStream bodyStream(long maxBytes) {
    return new ByteArrayInputStream(body(0));
  }
}
