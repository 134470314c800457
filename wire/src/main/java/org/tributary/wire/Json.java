package org.tributary.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Plain values as JSON and back: the only class that knows the JSON library. Maps are objects,
 * lists are arrays. Stateless.
 */
final class Json {

  private static final JSON JSON_OF_MAPS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private Json() {}

  static byte[] bytes(Object json) {
    try {
      return JSON_OF_MAPS.asBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("Maps of plain values can always be written", e);
    }
  }

  static Object parse(byte[] body) throws WireFormatException {
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
