package org.tributary.edge;

import java.util.Optional;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/** What is remembered from one push to the next: a cache, and slower without it. Thread-safe. */
interface Memory {

  /** How far the live lane of a series has come, as far as is known here. */
  Optional<Position> reached(Table table);

  /** Where the sweep through a series has come to. */
  Optional<Sweep.Place> swept(Table table);

  /** The sweep has come to a place. */
  void swept(Table table, Sweep.Place place);
}
