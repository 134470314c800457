package org.tributary.server.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.tributary.wire.WireFormatException;

/** The fields of a form that a browser sent. */
public record Form(Map<String, String> fields) {

  public Form {
    fields = Map.copyOf(fields);
  }

  private static final int MAX_BYTES = 8_192;

  /**
   * What a browser sent.
   *
   * @throws WireFormatException if it is no form
   */
  public static Form of(Request request) throws IOException {
    String body = new String(request.body(MAX_BYTES), StandardCharsets.UTF_8);
    Map<String, String> fields = new HashMap<>();
    for (String part : body.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
      }
    }
    return new Form(fields);
  }

  /** A field's text; empty if there is none. */
  public String text(String name) {
    return fields.getOrDefault(name, "");
  }

  private static String decoded(String text) throws WireFormatException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("No form of a browser", e);
    }
  }
}
