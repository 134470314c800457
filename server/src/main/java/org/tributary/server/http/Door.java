package org.tributary.server.http;

import java.io.IOException;

/**
 * What every request passes: here, and nowhere else, it is decided who asks and whether he may.
 * Thread-safe.
 */
public interface Door {

  /** What the endpoint answers, or why it was not asked. */
  Response answer(Endpoint endpoint, Request request) throws IOException;

  /**
   * What is answered where there is no endpoint: strangers don't hear of it.
   *
   * @param otherwise the answer to those who are let in
   */
  Response nothingThere(Request request, Response otherwise) throws IOException;
}
