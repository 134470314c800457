package org.tributary.wire;

/** What a column's cells are, whatever a database calls it. */
public enum ColumnType {
  /** A whole number that fits 64 bits. */
  INTEGER,
  /** An IEEE 754 double; a single-precision column is widened by its shortest decimal. */
  REAL,
  /** 0 or 1. */
  BOOLEAN,
  /** Unicode text. */
  TEXT,
  /** An instant, in microseconds since 1970-01-01T00:00:00Z. */
  TIME
}
