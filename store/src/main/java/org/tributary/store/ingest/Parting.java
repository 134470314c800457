package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;

/**
 * Parts the rows of a series by whether they can be stored, after all that the database knows of
 * them. It may be done ahead, while another batch is being stored: in the transaction that stores
 * the rows it is done anew only if what it rests on has changed meanwhile. Stateless.
 */
final class Parting {

  /**
   * What the database knows of a batch's rows. With the same grounds the same rows are parted the
   * same way.
   *
   * @param before those of them that are set aside, by their keys
   * @param known central ids of what they refer to, by local id, by the name of its table
   */
  record Grounds(
      Map<String, SetAsideRows.Entry> before,
      Decisions decisions,
      Map<String, Map<Long, Long>> known) {}

  /**
   * Rows parted.
   *
   * @param rows those about which there was something to be found out
   * @param sieved what became of these
   * @param doubtful others, to be set aside
   * @param settled how many there are about which a person has decided
   */
  record Parted(Grounds grounds, Rows rows, Sieved sieved, List<Apart> doubtful, int settled) {}

  private final Engine engine;
  private final Clock clock;
  private final CentralIds ids;
  private final SetAsideRows setAside;
  private final DecidedRows decided;

  Parting(Engine engine, Clock clock, CentralIds ids, SetAsideRows setAside, DecidedRows decided) {
    this.engine = engine;
    this.clock = clock;
    this.ids = ids;
    this.setAside = setAside;
    this.decided = decided;
  }

  /** Until when a row's stamp is believed. */
  Instant trustedUntil() {
    return clock.instant().plus(Rule.AHEAD_TRUSTED);
  }

  /** Parts rows as they come. */
  Parted part(Connection connection, Gateway gateway, Rows all) throws SQLException {
    return part(all, grounds(connection, gateway, all));
  }

  /** The same rows, parted once before. */
  Parted again(Connection connection, Gateway gateway, Rows all, Parted before)
      throws SQLException {
    Grounds now = grounds(connection, gateway, all);
    return now.equals(before.grounds()) ? before : part(all, now);
  }

  private Parted part(Rows all, Grounds grounds) {
    List<Apart> doubtful = new ArrayList<>();
    Rows rows = undecided(all, grounds.decisions(), doubtful);
    Sieved sieved = sieve(rows, grounds.known(), trust(grounds));
    return new Parted(grounds, rows, sieved, doubtful, all.size() - rows.size() - doubtful.size());
  }

  private Grounds grounds(Connection connection, Gateway gateway, Rows all) throws SQLException {
    Map<String, SetAsideRows.Entry> before = Map.of();
    Decisions decisions = Decisions.NONE;
    List<Instant> span = span(all);
    if (!span.isEmpty()) {
      before = setAside.within(connection, gateway, all.table(), span.get(0), span.get(1));
      decisions = decided.within(connection, gateway, all.table(), span.get(0), span.get(1));
    }
    return new Grounds(before, decisions, known(connection, gateway, all));
  }

  /** The rows about which there is still something to be found out; sets aside what is in doubt. */
  private static Rows undecided(Rows all, Decisions decisions, List<Apart> apart) {
    if (decisions.equals(Decisions.NONE)) {
      return all;
    }
    return all.where(
        row -> {
          String taken = decisions.taken().get(SetAsideRows.shortKey(Sieve.keyOf(all, row)));
          if (taken != null) {
            apart.add(
                new Apart(
                    all.table(),
                    Sieve.keyOf(all, row),
                    Rule.AMBIGUOUS,
                    "%s, whose time was corrected by hand, is stored under this key"
                        .formatted(taken),
                    SyncJson.writeRow(all.row(row)),
                    Sieve.timeOf(all, row)));
          }
          return taken == null && !decisions.settles(all, row);
        });
  }

  /** Central ids by local id of all that these rows refer to, by the name of its table. */
  Map<String, Map<Long, Long>> known(Connection connection, Gateway gateway, Rows rows)
      throws SQLException {
    return ids.of(connection, gateway, rows);
  }

  /**
   * Parts rows by whether they can be stored.
   *
   * @param known central ids of what they refer to
   */
  Sieved sieve(Rows rows, Map<String, Map<Long, Long>> known, Trust trust) {
    return new Sieve(engine, rows.table(), known, ids, trust).sieve(rows);
  }

  private Trust trust(Grounds grounds) {
    Set<String> untrusted = new HashSet<>();
    grounds
        .before()
        .forEach(
            (key, entry) -> {
              if (entry.rule() == Rule.CLOCK_UNTRUSTED) {
                untrusted.add(key);
              }
            });
    return new Trust(trustedUntil(), untrusted, grounds.decisions().believed(), false);
  }

  private static List<Instant> span(Rows rows) {
    int column = rows.indexOf(rows.table().key().get(0));
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (int row = 0; column >= 0 && row < rows.size(); row++) {
      if (!rows.isNull(column, row)
          && Micros.hasFourDigitYear(Sieve.time(rows.longAt(column, row)))) {
        from = Math.min(from, rows.longAt(column, row));
        to = Math.max(to, rows.longAt(column, row));
      }
    }
    return from > to ? List.of() : List.of(Sieve.time(from), Sieve.time(to));
  }
}
