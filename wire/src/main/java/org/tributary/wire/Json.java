package org.tributary.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Plain values as JSON and back: the only class that knows the JSON library. Maps are objects,
 * lists are arrays. Stateless.
 */
public final class Json {

  /** No message of ours goes deeper than ten. */
  private static final int MAX_DEPTH = 32;

  private static final int MAX_NAME = 1_000;
  private static final int MAX_DIGITS = 400;
  private static final int MAX_TEXT = 4 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_DIGITS)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .build();

  private static final JSON JSON_OF_MAPS =
      JSON.builder(FACTORY)
          .enable(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS)
          .build();
  private static final JSON FOR_PEOPLE = JSON_OF_MAPS.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private Json() {}

  public static byte[] bytes(Object json) {
    try {
      return JSON_OF_MAPS.asBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("Maps of plain values can always be written", e);
    }
  }

  /** The same for a file that people open as well: in lines, with an end to the last one. */
  public static byte[] lines(Object json) {
    try {
      return (FOR_PEOPLE.asString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("Maps of plain values can always be written", e);
    }
  }

  /**
   * The value that a text is: a map, a list, a text, a whole number (Integer, Long or BigInteger),
   * any other number (Double) or a boolean. A map that has one key twice is none.
   *
   * @throws WireFormatException if it is no JSON, or null, or something follows it
   */
  public static Object parse(byte[] body) throws WireFormatException {
    try (JsonParser parser = JSON_OF_MAPS.createParser(body)) {
      Object json = JSON_OF_MAPS.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw new WireFormatException("Something follows the message: " + firstWords(body));
      }
      if (json == null) {
        throw new WireFormatException("JSON null where a value is expected");
      }
      return json;
    } catch (WireFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new WireFormatException("Not JSON: " + firstWords(body), e);
    }
  }

  private static String firstWords(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 60), StandardCharsets.UTF_8);
    return body.length == 0 ? "an empty body" : '"' + text.strip() + '"';
  }
}
