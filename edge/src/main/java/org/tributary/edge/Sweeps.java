package org.tributary.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * The walk through the past of each series, and the memory of how far it has come. Not thread-safe.
 */
final class Sweeps {

  private final Source source;
  private final Clock clock;
  private final Memory memory;
  private final Map<Table, Sweep> sweeps = new HashMap<>();

  /**
   * @param turn within which all of the past is to be seen
   */
  Sweeps(Source source, Duration turn, Clock clock, Memory memory) {
    this.source = source;
    this.clock = clock;
    this.memory = memory;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        sweeps.put(table, new Sweep(turn, memory.swept(table)));
      }
    }
  }

  /** The days that are due now, newest first; the same again until they are {@link #seen}. */
  List<Window> due(Table table, Window newest) throws LocalDatabaseException {
    Optional<Instant> oldest = source.oldest(table, Rule.EARLIEST_TRUSTED);
    return oldest.isEmpty() ? List.of() : of(table).next(oldest.get(), newest, clock.instant());
  }

  /** What was due last has been compared. */
  void seen(Table table) {
    of(table).seen().ifPresent(place -> memory.swept(table, place));
  }

  private Sweep of(Table table) {
    return Objects.requireNonNull(sweeps.get(table));
  }
}
