package org.tributary.store.ingest;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * What matching may change, as it stands at one moment.
 *
 * @param journal a gateway's entries, by the row at the gateway
 * @param rows central's rows, by the row there; those that are not there are left out
 * @param apart rows of tables that travel whole that are set aside, by their (short) keys
 * @param waiting how many rows of series are set aside
 */
record MatchingState(
    Map<RowAt, Entry> journal,
    Map<RowAt, Map<String, @Nullable Object>> rows,
    Map<Key, Aside> apart,
    long waiting) {

  MatchingState {
    journal = Collections.unmodifiableMap(new LinkedHashMap<>(journal));
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    apart = Collections.unmodifiableMap(new LinkedHashMap<>(apart));
  }

  /** A row that is set aside, by its key as a text. */
  record Key(Table table, String key) {}

  /** An entry of the journal. */
  record Entry(
      long central,
      String evidence,
      String base,
      @Nullable String centralBase,
      Instant since,
      boolean inForce) {

    /** The same as the journal has it. */
    Mapping mapping(LocalId local) {
      return new Mapping(local, new CentralId(central), evidence, base, centralBase, inForce);
    }

    /** The same with another row that both sides agreed on. */
    Entry withBase(String other) {
      return new Entry(central, evidence, other, centralBase, since, inForce);
    }
  }

  /** Why a row is set aside, and what it is. */
  record Aside(Rule rule, String reason, String content, Instant since) {}

  /** The rows of central that the journal names. */
  Set<RowAt> named() {
    Set<RowAt> named = new LinkedHashSet<>();
    journal.forEach((local, entry) -> named.add(new RowAt(local.table(), entry.central())));
    return named;
  }

  /** The same with rows of central. */
  MatchingState with(Map<RowAt, Map<String, @Nullable Object>> others) {
    return new MatchingState(journal, others, apart, waiting);
  }
}
