package org.tributary.server.http;

import java.time.Duration;

/** Hears of every answer that central gives. Thread-safe. */
@FunctionalInterface
public interface AnswerWatch {

  /** What stands for the path where there is no endpoint. */
  String NOWHERE = "(none)";

  /**
   * A request was answered, or refused.
   *
   * @param method of the endpoint
   * @param pattern the endpoint's path with its {@code {names}}; never what was asked for, which
   *     may hold anything
   * @param status of HTTP
   * @param took from the endpoint's being found until its answer began; not how long a body is
   *     written that is made while it is sent
   */
  void answered(String method, String pattern, int status, Duration took);
}
