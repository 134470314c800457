package org.tributary.wire.rest;

/**
 * A list, an object or a number beyond all sizes where a plain value is expected.
 *
 * @param json as it was written
 */
public record Nested(String json) {

  @Override
  public String toString() {
    return json.startsWith("[") || json.startsWith("{")
        ? "a list or an object"
        : "a number of %d digits".formatted(json.length());
  }
}
