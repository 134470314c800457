package org.tributary.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a database is at hand: says once that it is not and once that it is again, however many
 * ask for it meanwhile. Thread-safe.
 */
final class Presence {

  private static final Logger log = LoggerFactory.getLogger(Presence.class);

  private record Absence(StoreException failure, boolean ofWriting) {}

  private final String name;
  private final boolean spoken;
  private final AtomicReference<@Nullable Absence> absence = new AtomicReference<>();

  /**
   * @param name the database's, without secrets
   * @param spoken whether to log it; otherwise that is the caller's
   */
  Presence(String name, boolean spoken) {
    this.name = name;
    this.spoken = spoken;
  }

  /** Notes a failure; those of single values and rows say nothing about the database. */
  void failed(StoreException failure, boolean writing) {
    boolean away =
        switch (failure.trouble()) {
          case UNAVAILABLE, DENIED, READ_ONLY, FULL -> true;
          case CONFLICT, MISSING, CORRUPT, DATA, OTHER -> false;
        };
    if (away && absence.compareAndSet(null, new Absence(failure, writing)) && spoken) {
      log.warn("{}. Requests are answered \"again later\" until it is back.", failure.getMessage());
    }
  }

  /** Notes a success; of reading it proves nothing about writing. */
  void succeeded(boolean writing) {
    Absence before = absence.get();
    if (before != null
        && (writing || !before.ofWriting())
        && absence.compareAndSet(before, null)
        && spoken) {
      log.info("{} is back", name);
    }
  }

  /** Why nothing could be stored when it was last tried, if there was no room for it. */
  Optional<StoreException> noRoom() {
    return Optional.ofNullable(absence.get())
        .map(Absence::failure)
        .filter(each -> each.trouble() == Trouble.FULL);
  }
}
