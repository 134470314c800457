package org.tributary.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Caller;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;

/**
 * What stands around every page, and the words that all pages have in common. Immutable.
 *
 * @param view what is shown in it
 * @param caller who looks
 * @param isPosted whether it answers a form: a reload must not send that again
 * @param origin scheme, host and port by which the browser reached us
 * @param version of the program
 * @param now by central's clock
 */
public record Frame(
    View view,
    Caller caller,
    boolean isPosted,
    String origin,
    String version,
    Instant now,
    Assets assets) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The entries of the navigation that are for whoever looks. */
  public List<Section> sections() {
    return Arrays.stream(Section.values())
        .filter(section -> caller.isOf(section.audience()))
        .toList();
  }

  /** The name of whoever has signed in; empty where nobody does. */
  public Optional<String> person() {
    return caller.kind() == Caller.Kind.SESSION ? Optional.of(caller.name()) : Optional.empty();
  }

  /** Whether whoever looks may change rows. */
  public boolean isOperator() {
    return caller.isOf(Audience.OPERATORS);
  }

  /** Whether whoever looks says who else may. */
  public boolean isAdmin() {
    return caller.isOf(Audience.ADMINS);
  }

  /** The address of one of our own files, which changes with what is in it. */
  public String asset(String name) {
    return assets.address(name);
  }

  /** A time as it is shown in lists: UTC, to the second. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** How long ago: {@code 3 min ago}; times to come say so. */
  public String ago(Instant time) {
    Duration age = Duration.between(time, now);
    return age.isNegative() ? "in " + length(age.negated()) : length(age) + " ago";
  }

  /** A length of time in few letters: {@code 14 min}. */
  public static String length(Duration length) {
    return DurationWords.brief(length);
  }

  /** What a house is called; one without an address by its number. */
  public static String house(long id, String address) {
    return address.isBlank() ? "House " + id : address;
  }

  /** A number of bytes in a unit that suits it: {@code 150 bytes}, {@code 12 kB}. */
  public static String bytes(long bytes) {
    return bytes < 10_000
        ? count(bytes, "byte")
        : bytes < 10_000_000 ? count(bytes / 1_000) + " kB" : count(bytes / 1_000_000) + " MB";
  }

  /** A count as it is shown: {@code 3,412}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count of something with its word: {@code 1 row}, {@code 3,412 rows}. */
  public static String count(long count, String one) {
    return Counted.of(count, one);
  }
}
