package org.tributary.server.page;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.tributary.server.http.Request;
import org.tributary.wire.rest.BadFieldException;

/**
 * Reads what stands behind the question mark of a page's address. What is not there, or blank, is
 * left to the page; what is wrong is told, and never passed over. Stateless.
 */
public final class Parameters {

  private static final int LONGEST_SHOWN = 60;

  private static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

  private Parameters() {}

  /** The first value of a parameter that is not blank. */
  public static Optional<String> text(Request request, String name) {
    return request.values(name).stream().filter(text -> !text.isBlank()).findFirst();
  }

  /**
   * A day of UTC, of the years 1990 to 2199.
   *
   * @throws BadFieldException if it is none
   */
  public static Optional<LocalDate> day(Request request, String name) throws BadFieldException {
    Optional<String> text = text(request, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.parse(text.get().strip());
      if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
        return Optional.of(day);
      }
    } catch (DateTimeException e) {
      // told below, as a day that nobody has readings of
    }
    throw wrong(name, "a day such as 2024-05-01", text.get());
  }

  /**
   * A whole number.
   *
   * @param least and {@code most}: both included; not negative
   * @throws BadFieldException if it is none of these
   */
  public static OptionalInt number(Request request, String name, int least, int most)
      throws BadFieldException {
    Optional<String> text = text(request, name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int number = text.get().matches("\\d{1,9}") ? Integer.parseInt(text.get()) : -1;
    if (number < least || number > most) {
      throw wrong(name, "a number from %,d to %,d".formatted(least, most), text.get());
    }
    return OptionalInt.of(number);
  }

  /**
   * That a parameter is wrong.
   *
   * @param expected in words, with an article
   */
  public static BadFieldException wrong(String name, String expected, String text) {
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return new BadFieldException(
        name, "%s should be %s, not \"%s\"".formatted(name, expected, shown));
  }
}
