package org.tributary.wire;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cells as JSON values, times in ISO 8601, UTC. Stateless. */
final class CellJson {

  private CellJson() {}

  static @Nullable Object write(@Nullable Object value) {
    if (value instanceof Instant time) {
      return time.toString();
    }
    // JSON has no word for these; they are kept readable.
    if (value instanceof Double real && !Double.isFinite(real)) {
      return real.toString();
    }
    return value;
  }

  static @Nullable Object read(Column column, @Nullable Object value) throws WireFormatException {
    if (value == null) {
      return null;
    }
    try {
      return switch (column.type()) {
        case INTEGER ->
            value instanceof Integer small ? (Object) small.longValue() : (Object) (Long) value;
        case BOOLEAN -> (Boolean) value;
        case TEXT -> (String) value;
        case TIME -> {
          Instant time = Instant.parse((String) value);
          Micros.of(time); // what a cell can't hold is refused here
          yield time;
        }
        case REAL ->
            value instanceof String word
                ? (Object) Double.valueOf(word)
                : (Object) ((Number) value).doubleValue();
      };
    } catch (ClassCastException
        | DateTimeException
        | ArithmeticException
        | NumberFormatException e) {
      throw new WireFormatException("Not a value of " + column.name() + ": " + value, e);
    }
  }
}
