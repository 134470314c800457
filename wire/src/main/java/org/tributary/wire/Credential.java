package org.tributary.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway or a program signs in with: an id by which it is found, and a secret of 256 random
 * bits. Because nobody can guess that, a plain SHA-256 of it is all that has to be kept to know it
 * again (NIST SP 800-63B, look-up secrets of 112 bits and more). Never prints the secret.
 */
public final class Credential {

  /** How one begins: programs that look for leaked secrets know it by this. */
  public static final String PREFIX = "trb_";

  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FORM = Pattern.compile("trb_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

  private final String id;
  private final String secret;

  private Credential(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /**
   * A new one.
   *
   * @param random one that nobody can foresee, {@link java.security.SecureRandom}
   */
  public static Credential random(RandomGenerator random) {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    return new Credential(
        HexFormat.of().formatHex(id),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** The one that a text is; empty if it is none. */
  public static Optional<Credential> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new Credential(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Whether a text could be the id of one. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Whether a text could be the {@link #hash} of one. */
  public static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  /** By what it is found: no secret, 16 characters. */
  public String id() {
    return id;
  }

  /** What may be kept of its secret: SHA-256, in 64 hexadecimal digits. */
  public String hash() {
    return hash(secret);
  }

  /** What may be kept of any secret that nobody can guess. */
  public static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether this is the one of which that hash was kept; takes as long for any other. */
  public boolean isOf(String kept) {
    return sameHash(hash(), kept);
  }

  /** Compares two hashes without telling by the time it takes how much of them is alike. */
  public static boolean sameHash(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  /** All of it: for the file of whom it belongs to and for the wire, and for nothing else. */
  public String reveal() {
    return PREFIX + id + '_' + secret;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential its && id.equals(its.id) && isOf(its.hash());
  }

  @Override
  public int hashCode() {
    return Objects.hash(id);
  }

  @Override
  public String toString() {
    return PREFIX + id + "_***";
  }
}
