package org.tributary.server.rest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.server.http.Request;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestDates;

/**
 * What a client asks of a report: parameters that it doesn't know count for nothing, and one that
 * is empty is not there.
 *
 * @param id what the path ends in, if it has an id
 * @param parameters in the client's order; of one name the first counts
 */
record Asked(Optional<String> id, List<Request.Parameter> parameters) {

  static final String ID = "id";

  Optional<String> text(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Request.Parameter::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Whether anything of that name is asked, even if it is empty. */
  boolean has(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  Optional<Long> number(String name) throws BadFieldException {
    Optional<String> text = text(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(number(name, text.get()));
  }

  /** The id in the path, or else in a parameter. */
  Optional<Long> idOr(String name) throws BadFieldException {
    return id.isPresent() ? Optional.of(number(ID, id.get())) : number(name);
  }

  Optional<Instant> date(String name) throws BadFieldException {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> date = RestDates.read(text.get());
    if (date.isEmpty()) {
      throw wrong(name, "a date such as 2013-01-02", text.get());
    }
    return date;
  }

  /** Whether that is wanted: {@code true} or {@code 1}; {@code false} and {@code 0} say no. */
  boolean flag(String name) throws BadFieldException {
    String word = text(name).orElse("false");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw wrong(name, "true or false", word);
    };
  }

  static long number(String name, String text) throws BadFieldException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", text);
    }
  }

  static BadFieldException wrong(String name, String expected, String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new BadFieldException(
        name, "%s should be %s, not \"%s\"".formatted(name, expected, shown));
  }
}
