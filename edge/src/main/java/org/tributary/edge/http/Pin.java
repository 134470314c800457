package org.tributary.edge.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;

/**
 * The fingerprint of a public key that a central may show, as {@code sha256/BASE64}: of the key
 * itself, so that it outlives a certificate that is renewed with the same key. Immutable.
 */
public record Pin(String text) {

  private static final String SCHEME = "sha256/";
  private static final int BYTES = 32;

  public Pin {
    if (!isFingerprint(text)) {
      throw new IllegalArgumentException(
          ("\"%s\" is no fingerprint; expected sha256/ and 44 letters and digits, as central's serve"
                  + " prints it at its start")
              .formatted(text));
    }
  }

  /** That of a key. */
  public static Pin of(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new Pin(SCHEME + Base64.getEncoder().encodeToString(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static boolean isFingerprint(String text) {
    try {
      return text.startsWith(SCHEME)
          && Base64.getDecoder().decode(text.substring(SCHEME.length())).length == BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
