package org.tributary.wire.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates as the REST interface writes and takes them: ISO 8601, without a zone, UTC. A zone is taken
 * and converted; what is finer than microseconds is cut off.
 */
public final class RestDates {

  // Existing programs read whole seconds; a fraction is written only where there is one.
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter FRACTIONAL =
      new DateTimeFormatterBuilder()
          .append(WHOLE)
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 6, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME_OF_DAY =
      new DateTimeFormatterBuilder()
          .appendPattern("H:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  // A day, then perhaps a time of day, then perhaps a zone.
  private static final List<DateTimeFormatter> TAKEN =
      List.of(taken("uuuu-MM-dd"), taken("uuuuMMdd"), taken("d MMM uuuu"), taken("d MMMM uuuu"));

  private RestDates() {}

  /** As existing programs expect it: {@code 2013-01-02T00:00:00}, with a fraction if it has one. */
  public static String write(Instant time) {
    Instant micros = time.truncatedTo(ChronoUnit.MICROS);
    boolean isWhole = micros.equals(time.truncatedTo(ChronoUnit.SECONDS));
    return (isWhole ? WHOLE : FRACTIONAL).format(micros.atOffset(ZoneOffset.UTC));
  }

  /**
   * A date in any form that is taken: {@code 2013-01-02T00:00:00}, with a blank instead of the T,
   * with a fraction, with a zone such as Z or +02:00, {@code 2013-01-02} for its midnight, {@code 1
   * Aug 2015}.
   *
   * @return empty if it is none
   */
  public static Optional<Instant> read(String text) {
    String trimmed = text.strip();
    for (DateTimeFormatter form : TAKEN) {
      try {
        TemporalAccessor parsed =
            form.parseBest(trimmed, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return Optional.of(instant(parsed).truncatedTo(ChronoUnit.MICROS));
      } catch (DateTimeException e) {
        // Perhaps it has the next form.
      }
    }
    return Optional.empty();
  }

  private static Instant instant(TemporalAccessor parsed) {
    if (parsed instanceof OffsetDateTime zoned) {
      return zoned.toInstant();
    }
    if (parsed instanceof LocalDateTime naive) {
      return naive.toInstant(ZoneOffset.UTC);
    }
    return ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static DateTimeFormatter taken(String day) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(day)
        .optionalStart()
        .appendPattern("['T'][ ]")
        .append(TIME_OF_DAY)
        .optionalStart()
        .appendPattern("[ ][XXX][XX][X]")
        .optionalEnd()
        .optionalEnd()
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
