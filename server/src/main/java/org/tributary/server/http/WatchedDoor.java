package org.tributary.server.http;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A door at which somebody counts. Thread-safe. */
public record WatchedDoor(Door door, AnswerWatch watch, Clock clock) implements Door {

  @Override
  public Response answer(Endpoint endpoint, Request request) {
    Instant begin = clock.instant();
    Response response;
    try {
      response = door.answer(endpoint, request);
    } catch (IOException | RuntimeException e) {
      // What the server would say of it anyway, so that its status is counted.
      response = FailureResponses.of(e, request.method() + " " + request.path());
    }
    noted(endpoint.method().name(), endpoint.path(), response, begin);
    return response;
  }

  @Override
  public Response nothingThere(Request request, Response otherwise) throws IOException {
    Instant begin = clock.instant();
    Response response = door.nothingThere(request, otherwise);
    noted("ANY", AnswerWatch.NOWHERE, response, begin);
    return response;
  }

  private void noted(String method, String pattern, Response response, Instant begin) {
    Duration took = Duration.between(begin, clock.instant());
    watch.answered(method, pattern, response.status(), took.isNegative() ? Duration.ZERO : took);
  }
}
