package org.tributary.store.plot;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sensor of a house: what a node measures of one type. It is written {@code 37-0}.
 *
 * @param node its id at central
 * @param type the sensor type's id
 */
public record SensorId(long node, long type) implements Comparable<SensorId> {

  private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})-(-?\\d{1,18})");

  private static final Comparator<SensorId> ORDER =
      Comparator.comparingLong(SensorId::node).thenComparingLong(SensorId::type);

  /** What is written so; empty for any other text. */
  public static Optional<SensorId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new SensorId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(SensorId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return node + "-" + type;
  }
}
