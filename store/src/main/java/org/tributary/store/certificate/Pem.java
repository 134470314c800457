package org.tributary.store.certificate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as PEM files: base64 between two lines that say what it is. Stateless. */
final class Pem {

  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final int LINE = 64;

  private Pem() {}

  static String write(String kind, byte[] key) {
    String base64 =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind);
  }

  /**
   * The base64 of the first part of that kind.
   *
   * @throws IllegalArgumentException if there is none; a sentence
   */
  static String read(String kind, String text) {
    Matcher part =
        Pattern.compile(
                "-----BEGIN %s-----\\s([A-Za-z0-9+/=\\s]*)-----END %s-----".formatted(kind, kind))
            .matcher(text);
    if (!part.find()) {
      throw new IllegalArgumentException("There is no \"BEGIN %s\" in it".formatted(kind));
    }
    return part.group(1).replaceAll("\\s", "");
  }
}
