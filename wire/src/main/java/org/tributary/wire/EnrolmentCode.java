package org.tributary.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A code that makes a gateway known at central, once: 130 random bits, written so that a person can
 * type them (Crockford's alphabet of 32, without letters that look like digits). Never prints
 * itself.
 */
public final class EnrolmentCode {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int GROUP = 5;

  private final String plain;

  private EnrolmentCode(String plain) {
    this.plain = plain;
  }

  /**
   * A new one.
   *
   * @param random one that nobody can foresee, {@link java.security.SecureRandom}
   */
  public static EnrolmentCode random(RandomGenerator random) {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new EnrolmentCode(code.toString());
  }

  /** The one that a person typed, in whatever case and groups; empty if it is none. */
  public static Optional<EnrolmentCode> parse(String text) {
    String plain =
        text.toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return plain.length() == LENGTH && plain.chars().allMatch(each -> ALPHABET.indexOf(each) >= 0)
        ? Optional.of(new EnrolmentCode(plain))
        : Optional.empty();
  }

  /** What may be kept of it. */
  public String hash() {
    return Credential.hash(plain);
  }

  /** All of it, in groups: for the person whom it is given to, and for the wire. */
  public String reveal() {
    return plain.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
  }

  @Override
  public String toString() {
    return "***";
  }
}
