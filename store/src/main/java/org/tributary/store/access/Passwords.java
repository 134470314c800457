package org.tributary.store.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

/**
 * Keeps people's passwords as Argon2id hashes, with the parameters that OWASP's Password Storage
 * Cheat Sheet asks for: 19 MiB, two passes. The only class that knows the library. Stateless.
 */
final class Passwords {

  static final int SHORTEST = 10;
  static final int LONGEST = 256;

  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

  /** What is compared with where there is no such person, so that it takes as long. */
  private static final String NOBODYS = hash("nobody's password");

  private Passwords() {}

  /** What is kept of a password: algorithm, parameters, salt and hash, in the PHC form. */
  static String hash(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2ID).getResult();
  }

  /** Whether that was kept of this password. */
  static boolean fits(String password, String kept) {
    return Password.check(password, kept).with(Argon2Function.getInstanceFromHash(kept));
  }

  /** Takes as long as looking at somebody's password. */
  static void compareInVain(String password) {
    fits(password, NOBODYS);
  }
}
