package org.tributary.wire;

import java.util.regex.Pattern;

/**
 * Which gateway: the name under which central keeps its positions and mappings.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}, but not {@code .} or
 *     {@code ..}, which mean something else in a path
 */
public record GatewayId(String value) implements Comparable<GatewayId> {

  private static final Pattern FORM = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

  public GatewayId {
    if (!isName(value)) {
      throw new IllegalArgumentException(
          "A gateway's name has 1 to 64 letters, digits, '.', '_' or '-', not \"" + value + "\"");
    }
  }

  /** Whether a gateway can be called so. */
  public static boolean isName(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(GatewayId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
