package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;

/**
 * A row on its way into {@code tributary_setaside}.
 *
 * @param content the row as the gateway has it, as JSON
 * @param time the row's time, where it is a row of a series whose time is known
 */
record Apart(
    Table table, String key, Rule rule, String reason, String content, Optional<Instant> time) {

  Apart {
    requireNonNull(table);
    requireNonNull(key);
    requireNonNull(rule);
    requireNonNull(reason);
    requireNonNull(content);
    requireNonNull(time);
  }

  SetAside told() {
    return new SetAside(table.name(), key, rule, reason);
  }
}
