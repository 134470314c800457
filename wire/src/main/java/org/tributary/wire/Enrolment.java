package org.tributary.wire;

import static java.util.Objects.requireNonNull;

/**
 * What a gateway asks for when it signs in for the first time, or with a new key: that central
 * knows a key from now on. The secret itself stays where it was made.
 *
 * @param keyId id of the {@link Credential}
 * @param secretHash hash of its secret
 */
public record Enrolment(String keyId, String secretHash) {

  public Enrolment {
    requireNonNull(keyId);
    requireNonNull(secretHash);
    if (!Credential.isId(keyId) || !Credential.isHash(secretHash)) {
      throw new IllegalArgumentException("No key's id and hash");
    }
  }

  /** Of a key that was just made. */
  public static Enrolment of(Credential credential) {
    return new Enrolment(credential.id(), credential.hash());
  }
}
