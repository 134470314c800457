package org.tributary.server.page.house;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.report.Span;

/**
 * What is missing in a house over a span, remembered for a while: finding it out reads all of the
 * house's readings of the span, and a person who looks around asks for the same months again and
 * again. Thread-safe; two who ask for the same wait for one another.
 */
final class Missed {

  private static final int REMEMBERED = 100;

  /** Of what changes by itself, and of what rarely does. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private static final Duration SETTLED = Duration.ofMinutes(10);
  private static final Duration RECENT = Duration.ofDays(2);

  private record Asked(long house, Span span) {}

  private static final class Answer {
    private @Nullable Instant since;
    private Optional<HouseCompleteness> found = Optional.empty();
  }

  private final Completeness completeness;
  private final Clock clock;
  private final Map<Asked, Answer> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Answer> eldest) {
          return size() > REMEMBERED;
        }
      };

  Missed(Completeness completeness, Clock clock) {
    this.completeness = completeness;
    this.clock = clock;
  }

  /**
   * What is missing, as of some minutes ago at most.
   *
   * @return empty if there is no such house
   */
  Optional<HouseCompleteness> of(long house, Span span) throws StoreException {
    Answer answer;
    synchronized (answers) {
      answer = answers.computeIfAbsent(new Asked(house, span), asked -> new Answer());
    }
    synchronized (answer) {
      Instant now = clock.instant();
      if (answer.since == null || now.isAfter(answer.since.plus(held(span, now)))) {
        answer.found = completeness.of(house, span);
        answer.since = now;
      }
      return answer.found;
    }
  }

  private static Duration held(Span span, Instant now) {
    return span.until().isBefore(now.minus(RECENT)) ? SETTLED : FRESH;
  }
}
