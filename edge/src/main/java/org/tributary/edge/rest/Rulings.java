package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.state.ConflictFile;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.Authority;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.LocalId;
import org.tributary.wire.MergeRule;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Table;

/**
 * Says whose value of a field counts where both sides have another one, and writes down both before
 * one of them is overruled: such a server keeps no books of that. Not thread-safe.
 *
 * @param terms what the gateway wants done
 * @param file where both versions are kept
 */
record Rulings(MergeTerms terms, ConflictFile file, Clock clock) {

  private static final Logger log = LoggerFactory.getLogger(Rulings.class);

  /** The word for a decision that rests on which side a table belongs to. */
  private static final String AUTHORITY = "authority";

  /** A row as both sides have it, the gateway's cells with the server's ids. */
  record Both(Table table, long local, Map<String, @Nullable Object> here, CentralRow there) {}

  /** Whether what is changed at the server comes here. */
  boolean isBothWays() {
    return terms.takes();
  }

  /** Whether what is removed here is to be removed there. */
  boolean isMirrored() {
    return terms.takes() && terms.mirrors();
  }

  /** What comes of a field that both sides changed since they agreed. */
  Conflict edited(Both row, Column column, @Nullable Object agreed) {
    // A gateway that only sends has nobody who chose a rule for it.
    return conflict(
        row,
        column,
        Conflict.Kind.EDITED,
        agreed,
        terms.takes() ? Optional.of(terms.rule(row.table())) : Optional.empty());
  }

  /** What comes of a field that both sides have otherwise and never agreed on. */
  Conflict matched(Both row, Column column) {
    return conflict(row, column, Conflict.Kind.MATCHED, null, terms.ownRule(row.table()));
  }

  private Conflict conflict(
      Both row,
      Column column,
      Conflict.Kind kind,
      @Nullable Object agreed,
      Optional<MergeRule> rule) {
    return new Conflict(
        0,
        file.gateway(),
        row.table(),
        new LocalId(row.local()),
        new CentralId(row.there().id()),
        kind,
        column.name(),
        new Conflict.Versions(
            agreed, row.here().get(column.name()), row.there().cell(column.name())),
        rule.map(its -> winner(its, row)).orElse(owner(row.table())),
        rule.map(MergeRule::word).orElse(AUTHORITY),
        clock.instant(),
        Optional.empty());
  }

  private static Conflict.Side owner(Table table) {
    return table.authority() == Authority.GATEWAY ? Conflict.Side.GATEWAY : Conflict.Side.CENTRAL;
  }

  private static Conflict.Side winner(MergeRule rule, Both row) {
    return switch (rule) {
      case CENTRAL -> Conflict.Side.CENTRAL;
      case LOCAL -> Conflict.Side.GATEWAY;
      case NEWEST ->
          row.here().get("time") instanceof Instant here
                  && row.there().cell("time") instanceof Instant there
                  && here.isAfter(there)
              ? Conflict.Side.GATEWAY
              : Conflict.Side.CENTRAL;
    };
  }

  /**
   * A row that was removed there and edited here since: it is created there again, on record.
   *
   * @param here as it is now, as JSON
   */
  void revived(Table table, long local, Match match, String here) throws IOException {
    file.add(
        List.of(
            new Conflict(
                0,
                file.gateway(),
                table,
                new LocalId(local),
                new CentralId(match.central()),
                Conflict.Kind.REMOVED_HERE,
                "",
                new Conflict.Versions(match.here(), here, null),
                Conflict.Side.GATEWAY,
                "edited",
                clock.instant(),
                Optional.empty())));
    log.warn(
        "{} {} was removed at central and edited here; it is created there again", table, local);
  }

  /** Writes conflicts down, to be called before the server's version is overwritten. */
  void note(List<Conflict> conflicts) throws IOException {
    if (conflicts.isEmpty()) {
      return;
    }
    file.add(conflicts);
    List<Conflict> edits = new ArrayList<>(conflicts);
    edits.removeIf(conflict -> conflict.kind() != Conflict.Kind.EDITED);
    for (Conflict edit : edits) {
      log.warn(
          "{} {}, {}: changed on both sides, here to {}, at central to {}; {} counts ({})",
          edit.table(),
          edit.local().value(),
          edit.column(),
          edit.versions().gateway(),
          edit.versions().central(),
          edit.winner() == Conflict.Side.GATEWAY ? "this gateway's" : "central's",
          edit.why());
    }
  }
}
