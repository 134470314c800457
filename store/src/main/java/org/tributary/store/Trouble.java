package org.tributary.store;

/** What kind of failure a database reported: it decides whether another try makes sense. */
public enum Trouble {
  /** Not there, not answering, connection lost: the same again later. */
  UNAVAILABLE,
  /** It answers, and lets us not in, or not do that: again once somebody has changed that. */
  DENIED,
  /** Another transaction was in the way: the same again now. */
  CONFLICT,
  /** It may be read and not written: the same again once that has been changed. */
  READ_ONLY,
  /** The disk is full: again once there is room. */
  FULL,
  /** A table or column is missing. */
  MISSING,
  /** Not a database, or a damaged one. */
  CORRUPT,
  /** A value or row that the database does not take. */
  DATA,
  /** Anything else. */
  OTHER
}
