package org.tributary.store.upgrade;

/** Types of columns in the original schema. */
enum Kind {
  INTEGER,
  LONG,
  FLOAT,
  BOOLEAN,
  TIME,
  /** A text with a longest length. */
  SHORT_TEXT,
  LONG_TEXT
}
