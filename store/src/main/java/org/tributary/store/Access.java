package org.tributary.store;

/** What a database is opened for. */
public enum Access {
  /** Somebody else's logger owns it: nothing is ever written, not even a lock held for long. */
  READ_ONLY,
  /** Somebody else's, and a person asked for the change: nothing about the file itself is set. */
  BORROWED,
  /** Written by us; a power cut may cost the last moments, as it would cost the logger's. */
  WRITE,
  /** What has been acknowledged must survive a power cut. */
  DURABLE
}
