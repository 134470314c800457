package org.tributary.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of one JSON object, asked for by name and kind. */
record Fields(Map<String, Object> all) {

  static Fields of(byte[] body) throws WireFormatException {
    return of(Json.parse(body));
  }

  @SuppressWarnings("unchecked") // a JSON object's keys are texts
  static Fields of(Object json) throws WireFormatException {
    if (json instanceof Map<?, ?> map) {
      return new Fields((Map<String, Object>) map);
    }
    throw new WireFormatException("A JSON object is expected");
  }

  void expectProduct() throws WireFormatException {
    if (!SyncApi.PRODUCT.equals(all.get("product"))) {
      throw new WireFormatException("What answered is not Tributary");
    }
  }

  Optional<Object> optional(String name) {
    return Optional.ofNullable(all.get(name));
  }

  String text(String name) throws WireFormatException {
    return as(String.class, name);
  }

  long number(String name) throws WireFormatException {
    Object value = all.get(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw wrong(name, "a whole number");
  }

  int integer(String name) throws WireFormatException {
    long value = number(name);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw wrong(name, "a whole number of 32 bits");
    }
    return (int) value;
  }

  Instant instant(String name) throws WireFormatException {
    try {
      Instant time = Instant.parse(text(name));
      Micros.of(time); // no cell and no batch can hold what is beyond
      return time;
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(name, "a time such as 2026-11-01T12:00:00Z");
    }
  }

  Optional<Position> position(String name) throws WireFormatException {
    Object json = all.get(name);
    return json == null ? Optional.empty() : Optional.of(PositionJson.read(json));
  }

  List<?> list(String name) throws WireFormatException {
    return as(List.class, name);
  }

  /** A list of base64 texts; none if there is no such field. */
  List<byte[]> binaries(String name) throws WireFormatException {
    List<byte[]> all = new ArrayList<>();
    for (Object each : optional(name).isEmpty() ? List.of() : list(name)) {
      if (!(each instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      try {
        all.add(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        throw new WireFormatException("\"" + name + "\" is no base64", e);
      }
    }
    return all;
  }

  Map<String, Object> object(String name) throws WireFormatException {
    return of(as(Map.class, name)).all();
  }

  /** Turns what a record's own checks say into a fault of the message. */
  <T> T build(Construction<T> construction) throws WireFormatException {
    try {
      return construction.run();
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  private <T> T as(Class<T> kind, String name) throws WireFormatException {
    Object value = all.get(name);
    if (!kind.isInstance(value)) {
      throw wrong(name, "a " + kind.getSimpleName().toLowerCase(Locale.ROOT));
    }
    return kind.cast(value);
  }

  private static WireFormatException wrong(String name, String expected) {
    return new WireFormatException("\"" + name + "\" should be " + expected);
  }

  /** Makes a record of fields. */
  interface Construction<T> {
    T run() throws WireFormatException;
  }
}
