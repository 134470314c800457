package org.tributary.store.ingest;

/** What a person decided about a row that was set aside. */
enum Decision {
  /** Not wanted: kept in the books, and never stored or set aside again. */
  DROPPED,
  /** Stored as it is stamped, although its clock was not trusted. */
  BELIEVED,
  /** Stored under a corrected time; as it is stamped it is never stored or set aside again. */
  SHIFTED
}
