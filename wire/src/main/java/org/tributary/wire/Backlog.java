package org.tributary.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The stretches of time that the live lane of a series has left behind, so that new rows need not
 * wait for old ones. Their rows are still to be sent, newest first. Central keeps it as the
 * position of the {@linkplain Lane#HISTORY history lane}. Immutable.
 *
 * @param spans oldest first; no two of them touch
 */
public record Backlog(List<Span> spans) {

  /** Nothing was left behind, or all of it has been sent since. */
  public static final Backlog NONE = new Backlog(List.of());

  /** More of them become one, with what lies between: some rows then travel twice. */
  static final int MAX_SPANS = 4;

  /**
   * A stretch of time.
   *
   * @param from its first moment
   * @param until the first moment behind it, later than that
   */
  public record Span(Instant from, Instant until) {
    public Span {
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("No stretch of time: " + from + " to " + until);
      }
    }

    /** Whether it has a moment in common with a stretch of time. */
    public boolean overlaps(Instant begin, Instant end) {
      return from.isBefore(end) && begin.isBefore(until);
    }

    private Span with(Span other) {
      return new Span(
          from.isBefore(other.from) ? from : other.from,
          until.isAfter(other.until) ? until : other.until);
    }
  }

  public Backlog {
    spans = List.copyOf(spans);
    for (int i = 1; i < spans.size(); i++) {
      if (!spans.get(i - 1).until().isBefore(spans.get(i).from())) {
        throw new IllegalArgumentException("Not in order: " + spans);
      }
    }
  }

  /**
   * What a position of the history lane says.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Backlog of(Optional<Position> position) {
    List<Object> times = position.map(Position::key).orElse(List.of());
    if (times.size() % 2 != 0) {
      throw new IllegalArgumentException("A stretch without an end: " + times);
    }
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < times.size(); i += 2) {
      if (!(times.get(i) instanceof Instant from) || !(times.get(i + 1) instanceof Instant until)) {
        throw new IllegalArgumentException("Not two times: " + times.subList(i, i + 2));
      }
      spans.add(new Span(from, until));
    }
    return new Backlog(spans);
  }

  /**
   * What a position of the history lane says that came from elsewhere.
   *
   * @throws WireFormatException if it is none
   */
  public static Backlog read(Optional<Position> position) throws WireFormatException {
    try {
      return of(position);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("No position of the history lane: " + e.getMessage(), e);
    }
  }

  /** The same as a position: without any part if nothing is left. */
  public Position position() {
    List<Object> times = new ArrayList<>();
    for (Span span : spans) {
      times.add(span.from());
      times.add(span.until());
    }
    return new Position(times);
  }

  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** Whether some of a stretch of time is still to be sent. */
  public boolean overlaps(Instant from, Instant until) {
    return spans.stream().anyMatch(span -> span.overlaps(from, until));
  }

  /** The days, as of UTC, of which some is still to be sent, newest first. */
  public List<Window> days() {
    List<Window> days = new ArrayList<>();
    Optional<Instant> behind = newest().map(Span::until);
    while (behind.isPresent()) {
      Window day = Window.dayOf(behind.get().minusNanos(1));
      days.add(day);
      behind = before(day.from()).newest().map(Span::until);
    }
    return days;
  }

  /** The newest stretch; empty if nothing is left. */
  public Optional<Span> newest() {
    return isEmpty() ? Optional.empty() : Optional.of(spans.get(spans.size() - 1));
  }

  /** With one more stretch; those that touch become one. */
  public Backlog with(Span added) {
    Span whole = added;
    List<Span> all = new ArrayList<>();
    for (Span span : spans) {
      if (span.from().isAfter(whole.until()) || span.until().isBefore(whole.from())) {
        all.add(span);
      } else {
        whole = whole.with(span);
      }
    }
    all.add(whole);
    all.sort(Comparator.comparing(Span::from));
    while (all.size() > MAX_SPANS) {
      joinNearest(all);
    }
    return new Backlog(all);
  }

  private static void joinNearest(List<Span> all) {
    int nearest = 1;
    for (int i = 2; i < all.size(); i++) {
      if (between(all, i).compareTo(between(all, nearest)) < 0) {
        nearest = i;
      }
    }
    all.set(nearest - 1, all.get(nearest - 1).with(all.remove(nearest)));
  }

  private static Duration between(List<Span> all, int i) {
    return Duration.between(all.get(i - 1).until(), all.get(i).from());
  }

  /** Without what is not before a time: that has been sent. */
  public Backlog before(Instant time) {
    List<Span> left = new ArrayList<>();
    for (Span span : spans) {
      if (!span.until().isAfter(time)) {
        left.add(span);
      } else if (span.from().isBefore(time)) {
        left.add(new Span(span.from(), time));
      }
    }
    return new Backlog(left);
  }
}
