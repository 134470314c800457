package org.tributary.server.http;

import java.io.IOException;

/** Answers requests of one method to one path. Thread-safe. */
public interface Endpoint {

  Method method();

  /** The path, in which {@code {name}} stands for one part. */
  String path();

  Response answer(Request request) throws IOException;

  /** The methods that we answer. */
  enum Method {
    GET,
    POST,
    PUT,
    DELETE
  }
}
