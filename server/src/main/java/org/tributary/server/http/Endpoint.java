package org.tributary.server.http;

import java.io.IOException;

/** Answers requests of one method to one path. Thread-safe. */
public interface Endpoint {

  Method method();

  /** The path, in which {@code {name}} stands for one part. */
  String path();

  /** Whom it answers. */
  Audience audience();

  /** Whom it answers what is asked here: as {@link #audience}, or fewer. */
  default Audience audience(Request request) throws IOException {
    return audience();
  }

  Response answer(Request request) throws IOException;

  /** With which status a caller is sent away who has too many requests running. */
  default int crowdedStatus() {
    return 429;
  }

  /** The methods that we answer. */
  enum Method {
    GET,
    POST,
    PUT,
    DELETE
  }
}
