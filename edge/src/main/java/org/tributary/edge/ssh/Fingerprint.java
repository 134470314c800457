package org.tributary.edge.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A public key in short, as {@code ssh-keygen -l} shows it.
 *
 * @param text {@code SHA256:} and 43 letters of Base64, without padding
 */
public record Fingerprint(String text) {
  private static final Pattern SHA256 = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  public Fingerprint {
    if (!SHA256.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no fingerprint; expected SHA256: and 43 letters, as ssh-keygen -lf shows it"
              .formatted(text));
    }
  }

  /**
   * Understands a fingerprint with the padding that some programs write.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static Fingerprint parse(String text) {
    return new Fingerprint(text.endsWith("=") ? text.substring(0, text.length() - 1) : text);
  }

  /** Of a public key as it travels. */
  static Fingerprint of(byte[] publicKey) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
      return new Fingerprint(
          "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
