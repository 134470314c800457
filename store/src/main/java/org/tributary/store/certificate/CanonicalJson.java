package org.tributary.store.certificate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write a JSON value as bytes, so that it can be signed: RFC 8785, restricted to
 * what a certificate consists of. The file itself may be laid out in any way.
 *
 * <ul>
 *   <li>No space or line end between the parts.
 *   <li>An object's members in the order of their names' UTF-16 code units.
 *   <li>Texts in quotation marks; in them {@code \"}, {@code \\}, {@code \b}, {@code \t}, {@code
 *       \n}, {@code \f}, {@code \r}, other characters below U+0020 as {@code \}{@code u00xx} in
 *       small letters, and all others as they are.
 *   <li>Whole numbers from −(2^53 − 1) to 2^53 − 1 in decimal digits; no other numbers, since no
 *       two programs write them alike. Larger ones are texts.
 *   <li>{@code true}, {@code false}, {@code null}.
 *   <li>The whole in UTF-8.
 * </ul>
 *
 * <p>Stateless.
 */
final class CanonicalJson {

  /** The largest whole number that every JSON reader holds exactly. */
  static final long LARGEST = (1L << 53) - 1;

  private CanonicalJson() {}

  /**
   * The bytes of a value.
   *
   * @throws IllegalArgumentException if it holds something else than the above
   */
  static byte[] bytes(@Nullable Object json) {
    StringBuilder out = new StringBuilder();
    write(json, out);
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(out));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) { // half of a surrogate pair; getBytes() makes it a "?"
      throw new IllegalArgumentException("a text in it is no Unicode", e);
    }
  }

  private static void write(@Nullable Object json, StringBuilder out) {
    if (json instanceof Map<?, ?> map) {
      object(map, out);
    } else if (json instanceof List<?> list) {
      String separator = "[";
      for (Object each : list) {
        out.append(separator);
        write(each, out);
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (json instanceof String text) {
      text(text, out);
    } else if (json instanceof Integer || json instanceof Long) {
      long number = ((Number) json).longValue();
      if (number < -LARGEST || number > LARGEST) {
        throw new IllegalArgumentException("the number %d is too large".formatted(number));
      }
      out.append(number);
    } else if (json == null || json instanceof Boolean) {
      out.append(json);
    } else {
      throw new IllegalArgumentException("%s is neither a text nor a whole number".formatted(json));
    }
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    TreeMap<String, @Nullable Object> inOrder = new TreeMap<>(); // by UTF-16 code units
    map.forEach((key, value) -> inOrder.put((String) key, value));
    String separator = "{";
    for (Map.Entry<String, @Nullable Object> each : inOrder.entrySet()) {
      out.append(separator);
      text(each.getKey(), out);
      out.append(':');
      write(each.getValue(), out);
      separator = ",";
    }
    out.append(inOrder.isEmpty() ? "{}" : "}");
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (each < 0x20) {
            out.append("\\u00").append(Character.forDigit(each >> 4, 16));
            out.append(Character.forDigit(each & 15, 16));
          } else {
            out.append(each);
          }
        }
      }
    }
    out.append('"');
  }
}
