package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;

/**
 * Tries rows again that are set aside, by the sieve and the writer that they came through before.
 * Runs in its caller's transaction, which has locked the gateway.
 */
final class Replay {

  private final Retrying retrying;
  private final SetAsideRows setAside;
  private final SeriesReplay series;
  private final boolean stampsAreKnown;

  /**
   * @param by who does it, for the books
   */
  Replay(Retrying retrying, SetAsideRows setAside, DecidedRows decided, Stamps stamps, String by) {
    this.retrying = retrying;
    this.setAside = setAside;
    this.series = new SeriesReplay(retrying.series(), setAside, decided, stamps, by);
    this.stampsAreKnown = !(stamps instanceof Stamps.Unknown);
  }

  /** Tries rows of one gateway. */
  List<Retried> retry(Connection connection, Gateway gateway, List<SetAsideRow> entries)
      throws SQLException {
    Map<SetAsideRow, String> stays = new HashMap<>();
    Map<SetAsideRow, Rows> readable = readable(gateway, entries, stays);
    storeWhole(connection, gateway, readable, stays); // what readings may wait for
    storeSeries(connection, gateway, readable, stays);
    return entries.stream()
        .map(entry -> new Retried(entry, Optional.ofNullable(stays.get(entry))))
        .toList();
  }

  private Map<SetAsideRow, Rows> readable(
      Gateway gateway, List<SetAsideRow> entries, Map<SetAsideRow, String> stays) {
    Map<SetAsideRow, Rows> readable = new LinkedHashMap<>();
    for (SetAsideRow entry : entries) {
      Rule rule = entry.what().rule();
      Remedy remedy = Remedy.of(gateway.id(), entry.what().table(), rule);
      if (rule == Rule.CLOCK_UNTRUSTED && !stampsAreKnown) {
        stays.put(entry, remedy.words());
      } else if (!remedy.byReplay()) {
        stays.put(entry, remedy.words() + ": " + entry.what().reason());
      } else {
        try {
          readable.put(entry, retrying.read(entry));
        } catch (WireFormatException e) {
          stays.put(entry, String.valueOf(e.getMessage()));
        }
      }
    }
    return readable;
  }

  private void storeWhole(
      Connection connection,
      Gateway gateway,
      Map<SetAsideRow, Rows> readable,
      Map<SetAsideRow, String> stays)
      throws SQLException {
    boolean hasNewParents = false;
    List<SetAsideRow> waiting = new ArrayList<>();
    for (Map.Entry<SetAsideRow, Rows> each : readable.entrySet()) {
      if (!each.getValue().table().isSeries()) {
        Optional<String> why = storeWhole(connection, gateway, each.getKey(), each.getValue());
        hasNewParents |= why.isEmpty();
        why.ifPresent(
            reason -> {
              stays.put(each.getKey(), reason);
              waiting.add(each.getKey());
            });
      }
    }
    if (hasNewParents) {
      retrying.release(connection, gateway);
      for (SetAsideRow entry : waiting) {
        if (!setAside.has(connection, entry.id())) {
          stays.remove(entry);
        }
      }
    }
  }

  private Optional<String> storeWhole(
      Connection connection, Gateway gateway, SetAsideRow entry, Rows row) throws SQLException {
    Optional<Apart> apart = retrying.storeWhole(connection, gateway, entry, row);
    if (apart.isPresent()) {
      setAside.reconsider(connection, entry.id(), apart.get().rule(), apart.get().reason());
    } else {
      setAside.remove(connection, entry.id());
    }
    return apart.map(Apart::reason);
  }

  private void storeSeries(
      Connection connection,
      Gateway gateway,
      Map<SetAsideRow, Rows> readable,
      Map<SetAsideRow, String> stays)
      throws SQLException {
    Map<Table, Map<String, Map<Long, Long>>> known = known(connection, gateway, readable);
    for (Map.Entry<SetAsideRow, Rows> each : readable.entrySet()) {
      SetAsideRow entry = each.getKey();
      Rows row = each.getValue();
      Map<String, Map<Long, Long>> parents = known.get(row.table());
      if (parents != null) {
        series
            .retry(connection, gateway, entry, row, parents)
            .ifPresent(reason -> stays.put(entry, reason));
      }
    }
  }

  /** Central ids of all that rows of series refer to, looked up once a table. */
  private Map<Table, Map<String, Map<Long, Long>>> known(
      Connection connection, Gateway gateway, Map<SetAsideRow, Rows> readable) throws SQLException {
    Map<Table, Rows.Builder> together = new HashMap<>();
    for (Rows row : readable.values()) {
      if (row.table().isSeries()) {
        together
            .computeIfAbsent(
                row.table(), table -> new Rows.Builder(table, row.columns(), readable.size()))
            .row(row.row(0).values().toArray());
      }
    }
    Map<Table, Map<String, Map<Long, Long>>> known = new HashMap<>();
    for (Map.Entry<Table, Rows.Builder> each : together.entrySet()) {
      known.put(
          each.getKey(),
          retrying.series().parting().known(connection, gateway, each.getValue().build()));
    }
    return known;
  }
}
