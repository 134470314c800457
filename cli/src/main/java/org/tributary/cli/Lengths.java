package org.tributary.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time as options have them: {@code 30m}, {@code 24h}, {@code 3d}. */
final class Lengths {

  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})([mhd])");

  private Lengths() {}

  /**
   * The length that an option says.
   *
   * @param longest that it may have
   */
  static Duration parse(String option, String text, Duration longest) throws UsageException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          "%s: \"%s\" is no time such as 30m, 24h or 3d".formatted(option, text));
    }
    long count = Long.parseLong(matcher.group(1));
    Duration length =
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (length.compareTo(longest) > 0) {
      throw new UsageException(
          "%s: %s is too long; %d days at most".formatted(option, text, longest.toDays()));
    }
    return length;
  }
}
