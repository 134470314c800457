package org.tributary.server.page.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tributary.server.page.Frame;
import org.tributary.store.fleet.history.GatewayHistory;
import org.tributary.store.fleet.history.HistoryEvent;
import org.tributary.store.fleet.history.HistoryHour;

/**
 * A stretch of a gateway's past as a drawing, an hour a column and a row for each kind of thing.
 *
 * @param from the first hour
 * @param hours how many there are
 */
public record Timeline(Instant from, int hours, List<HistoryHour> past, List<HistoryEvent> events) {

  /** The height of a lane. */
  public static final int LANE = 26;

  /** The width of all hours together. */
  public static final int WIDTH = 1_008;

  private static final Set<HistoryEvent.Kind> OF_CONFIGURATION =
      Set.of(
          HistoryEvent.Kind.FIRST_CONTACT,
          HistoryEvent.Kind.MACHINE,
          HistoryEvent.Kind.VERSION,
          HistoryEvent.Kind.CONFIGURATION,
          HistoryEvent.Kind.REPLACED,
          HistoryEvent.Kind.RESTORE,
          HistoryEvent.Kind.ADMINISTRATION);

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:00", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.UK).withZone(ZoneOffset.UTC);

  public Timeline {
    past = List.copyOf(past);
    events = List.copyOf(events);
  }

  static Timeline of(GatewayHistory.History history, Instant from, Instant until) {
    Instant begin = from.truncatedTo(ChronoUnit.HOURS);
    int hours = (int) Duration.between(begin, until).toHours() + 1;
    return new Timeline(begin, hours, history.hours(), history.events());
  }

  /** A mark in a lane: where it is, how high, and what it says. */
  public record Mark(double x, double y, double width, double height, String words) {}

  /** A day's begin, and what it is called. */
  public record Label(double x, String words) {}

  /** The days' begins. */
  public List<Label> days() {
    List<Label> labels = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      Instant at = from.plus(Duration.ofHours(hour));
      if (at.atOffset(ZoneOffset.UTC).getHour() == 0) {
        labels.add(new Label(x(at), DAY.format(at)));
      }
    }
    return labels;
  }

  /** Hours in which it was in touch. */
  public List<Mark> contacts() {
    return past.stream()
        .filter(hour -> hour.contacts() > 0)
        .map(hour -> mark(hour, 1, Frame.count(hour.contacts(), "contact")))
        .toList();
  }

  /** Hours in which rows came, higher the more there were. */
  public List<Mark> uploads() {
    double most = (double) past.stream().mapToLong(HistoryHour::rows).max().orElse(1);
    return past.stream()
        .filter(hour -> hour.batches() > 0)
        .map(
            hour ->
                mark(
                    hour,
                    Math.max(
                        0.12, Math.log1p((double) hour.rows()) / Math.log1p(Math.max(1, most))),
                    "%s in %s, %s"
                        .formatted(
                            Frame.count(hour.rows(), "row"),
                            hour.batches() == 1
                                ? "1 batch"
                                : Frame.count(hour.batches()) + " batches",
                            Frame.bytes(hour.bytes()))))
        .toList();
  }

  /** Hours in which something was refused or kept apart. */
  public List<Mark> errors() {
    return past.stream()
        .filter(hour -> hour.refusals() + hour.setAside() > 0)
        .map(
            hour ->
                mark(
                    hour,
                    1,
                    "%s refused, %s set aside"
                        .formatted(
                            Frame.count(hour.refusals()), Frame.count(hour.setAside(), "row"))))
        .toList();
  }

  /** How far its clock was off, from the middle of the lane: a full half is ten seconds or more. */
  public List<Mark> clocks() {
    List<Mark> marks = new ArrayList<>();
    for (HistoryHour hour : past) {
      hour.clock()
          .ifPresent(
              clock -> {
                double top = LANE / 2.0 - height(clock.most());
                double bottom = LANE / 2.0 - height(clock.least());
                marks.add(
                    new Mark(
                        x(hour.begin()),
                        top - 1,
                        column(),
                        bottom - top + 2,
                        "%s: %+,d to %+,d ms"
                            .formatted(HOUR.format(hour.begin()), clock.least(), clock.most())));
              });
    }
    return marks;
  }

  /** When its machine, program or settings became others. */
  public List<Mark> changes() {
    return events.stream()
        .filter(event -> OF_CONFIGURATION.contains(event.kind()))
        .filter(event -> !event.at().isBefore(from))
        .map(
            event ->
                new Mark(x(event.at()), 0, 0, LANE, Frame.time(event.at()) + ": " + event.words()))
        .toList();
  }

  /** The width of an hour. */
  public double column() {
    return (double) WIDTH / hours;
  }

  private Mark mark(HistoryHour hour, double part, String words) {
    double height = part * (LANE - 6);
    return new Mark(
        x(hour.begin()),
        LANE - 3 - height,
        Math.max(1.5, column() - 0.6),
        height,
        HOUR.format(hour.begin()) + ": " + words);
  }

  private double x(Instant at) {
    return Duration.between(from, at).toSeconds() / 3_600.0 * column();
  }

  private static double height(long millis) {
    double part = Math.max(-1, Math.min(1, millis / 10_000.0));
    return part * (LANE / 2.0 - 2);
  }
}
