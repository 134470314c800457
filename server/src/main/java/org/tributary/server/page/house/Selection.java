package org.tributary.server.page.house;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tributary.server.http.Request;
import org.tributary.server.page.Parameters;
import org.tributary.store.plot.SensorId;
import org.tributary.store.report.Span;
import org.tributary.wire.Micros;
import org.tributary.wire.rest.BadFieldException;

/**
 * What is to be seen of a house, as the address of a view says it: {@code
 * ?sensor=37-0&sensor=37-2&from=2024-05-01&to=2024-05-07&zone=Europe/London}. Times without an
 * offset are of that zone; a day as {@code to} is seen whole.
 *
 * @param house its id
 * @param sensors in their order; empty if none are named
 * @param namesSensors whether any are named, be it that none is to be seen
 * @param from and {@code to}: empty if the address doesn't say
 * @param zone in which times are shown; UTC if the address doesn't say
 * @param points how many readings of a sensor are given one by one
 */
record Selection(
    long house,
    List<SensorId> sensors,
    boolean namesSensors,
    Optional<Instant> from,
    Optional<Instant> to,
    ZoneId zone,
    int points) {

  static final String SENSOR = "sensor";
  static final String FROM = "from";
  static final String TO = "to";
  static final String ZONE = "zone";
  static final String POINTS = "points";

  /** More lines can't be told apart. */
  private static final int MAX_SENSORS = 24;

  private static final int USUAL_POINTS = 2_000;

  /** A year of a sensor that measures every five minutes has 105,000. */
  private static final int MAX_POINTS = 120_000;

  private static final Duration USUAL_SPAN = Duration.ofDays(7);

  Selection {
    sensors = List.copyOf(sensors);
    requireNonNull(from);
    requireNonNull(to);
    requireNonNull(zone);
  }

  /**
   * Reads the address.
   *
   * @return empty if the path names no house that there can be
   * @throws BadFieldException that says which parameter is wrong and what is expected
   */
  static Optional<Selection> of(Request request) throws BadFieldException {
    Optional<Long> house = house(request);
    if (house.isEmpty()) {
      return Optional.empty();
    }
    ZoneId zone = zone(request);
    List<String> named = request.values(SENSOR);
    Optional<Instant> from = time(request, FROM, zone, 0);
    Optional<Instant> to = time(request, TO, zone, 1);
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new BadFieldException(TO, "\"to\" should be later than \"from\"");
    }
    return Optional.of(
        new Selection(
            house.get(), sensors(named), !named.isEmpty(), from, to, zone, points(request)));
  }

  /** The house that the path names. */
  static Optional<Long> house(Request request) {
    String text = request.pathParameter("house");
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /**
   * From when until when.
   *
   * @param last when the house's newest reading was taken, if there is one
   */
  Span span(Optional<Instant> last, Instant now) {
    Instant until =
        to.orElseGet(
            () ->
                from.map(first -> first.plus(USUAL_SPAN))
                    .orElse(
                        last.filter(time -> time.isBefore(now.minus(USUAL_SPAN)))
                            .orElse(now)
                            .truncatedTo(ChronoUnit.MINUTES)
                            .plus(1, ChronoUnit.MINUTES)));
    return new Span(from.orElseGet(() -> until.minus(USUAL_SPAN)), until);
  }

  private static List<SensorId> sensors(List<String> named) throws BadFieldException {
    Set<SensorId> sensors = new LinkedHashSet<>();
    for (String texts : named) {
      for (String text : texts.split(",", -1)) {
        if (!text.isBlank()) {
          sensors.add(
              SensorId.parse(text.strip())
                  .orElseThrow(
                      () -> Parameters.wrong(SENSOR, "a node and a type such as 37-0", text)));
        }
      }
    }
    if (sensors.size() > MAX_SENSORS) {
      throw new BadFieldException(
          SENSOR, "Ask for %d sensors at most, not %d".formatted(MAX_SENSORS, sensors.size()));
    }
    return List.copyOf(sensors);
  }

  private static ZoneId zone(Request request) throws BadFieldException {
    String text = Parameters.text(request, ZONE).orElse("UTC");
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw Parameters.wrong(ZONE, "a time zone such as Europe/London", text);
    }
  }

  private static int points(Request request) throws BadFieldException {
    Optional<String> text = Parameters.text(request, POINTS);
    if (text.isEmpty()) {
      return USUAL_POINTS;
    }
    int points = text.get().matches("\\d{1,6}") ? Integer.parseInt(text.get()) : 0;
    if (points < 1 || points > MAX_POINTS) {
      throw Parameters.wrong(POINTS, "a number from 1 to " + MAX_POINTS, text.get());
    }
    return points;
  }

  private static Optional<Instant> time(Request request, String name, ZoneId zone, int moreDays)
      throws BadFieldException {
    Optional<String> text = Parameters.text(request, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    // The plus of an offset becomes a blank where it was not encoded.
    String time = text.get().strip().replaceFirst(" (\\d\\d:?\\d\\d)$", "+$1").replace(' ', 'T');
    Instant found;
    try {
      found =
          time.length() <= "2024-05-01".length()
              ? LocalDate.parse(time).plusDays(moreDays).atStartOfDay(zone).toInstant()
              : withTime(time, zone);
    } catch (DateTimeException e) {
      throw Parameters.wrong(name, "a time such as 2024-05-01 or 2024-05-01T12:00Z", text.get());
    }
    if (!Micros.hasFourDigitYear(found)) {
      throw Parameters.wrong(name, "a time of the years 1000 to 9999", text.get());
    }
    return Optional.of(found.truncatedTo(ChronoUnit.MICROS));
  }

  private static Instant withTime(String time, ZoneId zone) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeParseException e) {
      return LocalDateTime.parse(time).atZone(zone).toInstant();
    }
  }

  /** Whether times are shown as they are kept. */
  boolean isUtc() {
    return zone.normalized().equals(ZoneOffset.UTC);
  }
}
