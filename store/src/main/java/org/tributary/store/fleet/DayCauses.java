package org.tributary.store.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.report.Span;

/**
 * Why readings of houses' days are not here. That takes a look at all of a day's readings; so each
 * answer is remembered until the books say something else of the day. Thread-safe.
 */
public final class DayCauses {

  private static final int REMEMBERED = 20_000;

  private record Key(long house, LocalDate day) {}

  private record Answer(long mark, Map<Cause, Long> causes) {}

  private final Completeness completeness;
  private final Clock clock;
  private final Map<Key, Answer> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Answer> eldest) {
          return size() > REMEMBERED;
        }
      };

  public DayCauses(Database database, Clock clock) {
    this.completeness = new Completeness(database, clock);
    this.clock = clock;
  }

  /** How many readings a day lacks by which cause, if that is known already. */
  public Optional<Map<Cause, Long>> known(HouseDay day) {
    synchronized (answers) {
      return Optional.ofNullable(answers.get(new Key(day.house(), day.day())))
          .filter(answer -> answer.mark() == day.mark())
          .map(Answer::causes);
    }
  }

  /**
   * How many readings a day lacks by which cause; nothing for a house that is not there any more.
   */
  public Map<Cause, Long> of(HouseDay day) throws StoreException {
    Optional<Map<Cause, Long>> known = known(day);
    if (known.isPresent()) {
      return known.get();
    }
    Instant from = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
    Map<Cause, Long> causes =
        completeness
            .of(day.house(), new Span(from, from.plus(Duration.ofDays(1))))
            .map(HouseCompleteness::lost)
            .map(Map::copyOf)
            .orElse(Map.of());
    synchronized (answers) {
      answers.put(new Key(day.house(), day.day()), new Answer(day.mark(), causes));
    }
    return causes;
  }

  /**
   * The causes of as many days as can be told within a time, in their order; those that are known
   * in any case. The rest can be asked for again.
   */
  public Map<HouseDay, Map<Cause, Long>> within(Collection<HouseDay> days, Duration budget)
      throws StoreException {
    Instant end = clock.instant().plus(budget);
    Map<HouseDay, Map<Cause, Long>> told = new HashMap<>();
    for (HouseDay day : days) {
      Optional<Map<Cause, Long>> known = known(day);
      if (known.isPresent()) {
        told.put(day, known.get());
      } else if (clock.instant().isBefore(end)) {
        told.put(day, of(day));
      }
    }
    return told;
  }
}
