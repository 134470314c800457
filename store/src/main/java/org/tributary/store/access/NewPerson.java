package org.tributary.store.access;

/** What somebody who is to sign in may be called, and by which passwords. */
final class NewPerson {

  private NewPerson() {}

  /**
   * Looks at a name and a password.
   *
   * @throws IllegalArgumentException with a sentence for the person
   */
  static void check(String name, String password) {
    if (!Person.isName(name)) {
      throw new IllegalArgumentException(
          "A name has 1 to 64 letters, digits, '.', '_', '@' or '-'");
    }
    checkPassword(name, password);
  }

  static void checkPassword(String name, String password) {
    if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
      throw new IllegalArgumentException(
          "A password has %d to %d characters; a few words are easily kept in mind"
              .formatted(Passwords.SHORTEST, Passwords.LONGEST));
    }
    if (password.equalsIgnoreCase(name)) {
      throw new IllegalArgumentException("The password must not be the name");
    }
  }
}
