package org.tributary.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Greeting;
import org.tributary.wire.RestoreCount;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;

/**
 * Asks again, after a while, where an answer was lost: a restore takes long, and links in the field
 * don't hold that long.
 *
 * @param tries how often a question is asked at most
 * @param pauses waits between two of them
 */
record PatientReturns(Returns asked, int tries, Consumer<Duration> pauses) implements Returns {

  private static final Duration FIRST = Duration.ofSeconds(1);

  private interface Question<T> {
    T ask() throws IOException, RefusedException;
  }

  private <T> T answer(Question<T> question) throws IOException, RefusedException {
    Duration pause = FIRST;
    for (int asked = 1; ; asked++) {
      try {
        return question.ask();
      } catch (IOException e) {
        if (asked == tries) {
          throw e;
        }
        pauses.accept(pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  @Override
  public RestoreOutlook look(Greeting greeting) throws IOException, RefusedException {
    return answer(() -> asked.look(greeting));
  }

  @Override
  public RestoreCount count(RestoreRequest request) throws IOException, RefusedException {
    return answer(() -> asked.count(request));
  }

  @Override
  public RestoreTerms begin() throws IOException, RefusedException {
    return answer(asked::begin);
  }

  @Override
  public Batch rows(RestoreRequest request) throws IOException, RefusedException {
    return answer(() -> asked.rows(request));
  }

  @Override
  public List<Difference> differences(Claims claims) throws IOException, RefusedException {
    return answer(() -> asked.differences(claims));
  }

  @Override
  public void end() throws IOException, RefusedException {
    answer(
        () -> {
          asked.end();
          return true;
        });
  }
}
