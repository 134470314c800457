package org.tributary.store;

/** Why a server that answers does not do what it is asked: somebody has to change that first. */
enum Denial {
  NO_SUCH_DATABASE(
      "is not there: the server answers, but has no such database; is its name right?"),
  NOT_LET_IN(
      "does not let us in: the server answers, but does not take this user with this password; are"
          + " both right?"),
  NO_RIGHT("does not allow that: the server answers, but this user lacks a right; GRANT it");

  private final String words;

  Denial(String words) {
    this.words = words;
  }

  /** What to look at, after the database's name. */
  String words() {
    return words;
  }
}
