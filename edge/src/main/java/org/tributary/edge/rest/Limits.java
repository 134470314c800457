package org.tributary.edge.rest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Column;
import org.tributary.wire.Table;

/**
 * What a server's columns hold. An original one keeps whole seconds, singles, integers of 32 bits,
 * texts of certain lengths without characters beyond the basic plane, and says nothing where it
 * cuts: what it would cut is cut here, in the same way each time, and what it would spoil is not
 * sent. A server of another kind keeps all.
 */
enum Limits {
  ORIGINAL,
  NONE;

  private static final Map<String, Integer> WIDTHS =
      Map.of(
          "RoomType.name", 20,
          "Room.name", 20,
          "NodeType.name", 20,
          "NodeType.configured", 10,
          "SensorType.code", 50,
          "SensorType.units", 20);

  static final int HOST_NAME = 25;
  static final int VERSION = 20;

  /** That of the original's columns which hold 64 bits. */
  private static final String LONG_COLUMN = "localtime";

  boolean keepsFractions() {
    return this == NONE;
  }

  /** As the server will keep it. */
  Instant time(Instant time) {
    return keepsFractions() ? time : time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** As the server will keep it. */
  String text(Table table, Column column, String text) {
    return this == NONE ? text : cut(text, width(table, column));
  }

  /** Whether a text that the server keeps may be the beginning of a longer one. */
  boolean mayCut(Table table, Column column, String kept) {
    return this == ORIGINAL && kept.codePointCount(0, kept.length()) >= width(table, column);
  }

  private static int width(Table table, Column column) {
    return WIDTHS.getOrDefault(table.name() + "." + column.name(), Column.MAX_TEXT);
  }

  /** Why the server can't keep that value, if it can't. */
  Optional<String> refuse(Column column, Object value) {
    if (value instanceof Double real && !Double.isFinite(real)) {
      return Optional.of("%s is %s, for which JSON has no word".formatted(column.name(), real));
    }
    if (this == NONE) {
      return Optional.empty();
    }
    if (value instanceof Double real && Math.abs(real) > Float.MAX_VALUE) {
      return Optional.of("%s is %s, too much for central's FLOAT".formatted(column.name(), real));
    }
    if (value instanceof Long whole
        && whole != whole.intValue()
        && !column.name().equals(LONG_COLUMN)) {
      return Optional.of("%s is %d, too much for central's INT".formatted(column.name(), whole));
    }
    if (value instanceof String text && text.codePoints().anyMatch(point -> point > 0xFFFF)) {
      return Optional.of(
          "%s is \"%s\", and central would keep ? for a character of it"
              .formatted(column.name(), text));
    }
    return Optional.empty();
  }

  /** The first characters of a text, none of them torn. */
  static String cut(String text, int width) {
    return text.codePointCount(0, text.length()) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width));
  }
}
