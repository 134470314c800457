package org.tributary.server.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an answer, as the header {@code Range: items=0-25} asks for it: half open, so these are
 * 25 rows.
 *
 * @param from how many rows are left out
 * @param to the number of the row to stop before
 */
record ItemRange(long from, long to) {

  static final String HEADER = "Range";
  static final String ANSWER = "Content-Range";
  static final ItemRange WHOLE = new ItemRange(0, Long.MAX_VALUE);

  // Existing programs write units of their own before the last =.
  private static final Pattern FORM = Pattern.compile("(?:.*=)?\\s*(\\d{1,18})-(\\d{1,18})\\s*");

  /** What a header says; empty if it is none that is understood, for then all is wanted. */
  static Optional<ItemRange> read(String header) {
    Matcher form = FORM.matcher(header);
    return form.matches()
        ? Optional.of(new ItemRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  /** What the answer's header says, of so many rows in all. */
  String answered(long total) {
    long end = Math.max(from, Math.min(to, total));
    return "items %d-%d/%d".formatted(from, end, total);
  }
}
