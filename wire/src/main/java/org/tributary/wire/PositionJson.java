package org.tributary.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Positions as JSON lists, one part of the key each. Stateless. */
final class PositionJson {

  private PositionJson() {}

  // A time is told from a text by being wrapped: {"t": "2015-08-03T08:40:39.890Z"}.
  static List<Object> write(Position position) {
    List<Object> parts = new ArrayList<>();
    for (Object part : position.key()) {
      parts.add(part instanceof Instant time ? Map.of("t", time.toString()) : part);
    }
    return parts;
  }

  static Position read(Object json) throws WireFormatException {
    if (!(json instanceof List<?> parts)) {
      throw new WireFormatException("A position is a list, not " + json);
    }
    List<Object> key = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof String text) {
        key.add(text);
      } else if (part instanceof Integer || part instanceof Long) {
        key.add(((Number) part).longValue());
      } else {
        key.add(Fields.of(part).instant("t"));
      }
    }
    return new Position(key);
  }
}
