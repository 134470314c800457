package org.tributary.store.ingest;

/** What a person wants can't be done: ends the transaction, and is told by {@link MappingDesk}. */
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Stop(String reason) {
    super(reason, null, false, false);
  }
}
