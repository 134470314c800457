package org.tributary.store.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The public half of the key that signs certificates. It can be told by its fingerprint, the
 * SHA-256 of its bytes. Immutable.
 */
public final class IssuerKey {

  static final String ALGORITHM = "Ed25519";

  private final PublicKey key;

  IssuerKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads one.
   *
   * @param base64 of the form that X.509 gives such a key
   * @throws IllegalArgumentException if it is none; a sentence
   */
  public static IssuerKey of(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return new IssuerKey(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IllegalArgumentException("This is no public key of Ed25519", e);
    }
  }

  /**
   * Reads a PEM file.
   *
   * @throws IllegalArgumentException if it is none; a sentence
   */
  public static IssuerKey ofPem(String text) {
    return of(Pem.read(Pem.PUBLIC, text));
  }

  /** As a PEM file, to be handed to those who check certificates. */
  public String pem() {
    return Pem.write(Pem.PUBLIC, key.getEncoded());
  }

  String base64() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** The SHA-256 of the key's X.509 form, in 64 hexadecimal digits. */
  public String fingerprint() {
    return Sha256.of(key.getEncoded());
  }

  /**
   * Whether that is its fingerprint.
   *
   * @param text small or capital digits, with or without {@code sha256:}, colons and spaces
   */
  public boolean hasFingerprint(String text) {
    return normal(text).equals(fingerprint());
  }

  /** Whether a text could be a fingerprint at all. */
  public static boolean isFingerprint(String text) {
    return normal(text).matches("[0-9a-f]{64}");
  }

  private static String normal(String text) {
    String small = text.strip().toLowerCase(Locale.ROOT);
    String bare = small.startsWith("sha256:") ? small.substring("sha256:".length()) : small;
    return bare.replaceAll("[:\\s]", "");
  }

  /** Whether it is the key that made a signature of these bytes. */
  boolean verifies(byte[] signed, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(ALGORITHM);
      verification.initVerify(key);
      verification.update(signed);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // of another length than such signatures have
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IssuerKey its
        && MessageDigest.isEqual(key.getEncoded(), its.key.getEncoded());
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "sha256:" + fingerprint();
  }

  /** SHA-256 in hexadecimal digits. */
  static final class Sha256 {
    private Sha256() {}

    static String of(byte[] bytes) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java has SHA-256", e);
      }
    }
  }
}
