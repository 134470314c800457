package org.tributary.server.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects for answers, written as they read. */
final class Json {

  private Json() {}

  /** Members in their order, name by name; what is an empty {@code Optional} is null. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      object.put(
          String.valueOf(namesAndValues[i]),
          value instanceof Optional<?> maybe ? maybe.orElse(null) : value);
    }
    return object;
  }
}
