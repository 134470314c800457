package org.tributary.store.ingest;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Holdings;
import org.tributary.wire.Json;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * What gateways are still to put back in their own rows since a decision was undone. Until one has
 * done so its rows are taken as if it had: else they would be matched as the decision had it. Kept
 * with the decision, also once it is done. Stateless; runs in its caller's transaction.
 */
record Reversals(MappingDecisions decisions) {

  private static final String OPEN = "putBack";
  private static final String DONE = "wasPutBack";

  /** Notes what is to be put back since a decision does not stand any more. */
  void note(Connection connection, long decision, List<Reversal> reversals) throws SQLException {
    if (!reversals.isEmpty()) {
      write(connection, decision, reversals, List.of());
    }
  }

  /** What a gateway is to put back, by the number of the decision, the newest first. */
  Map<Long, List<Reversal>> open(Connection connection, Gateway gateway) throws SQLException {
    Map<Long, List<Reversal>> open = new LinkedHashMap<>();
    for (Map.Entry<Long, String> each :
        decisions.undone(connection, gateway, "{\"" + OPEN + "\":").entrySet()) {
      open.put(each.getKey(), read(each.getValue(), OPEN));
    }
    return open;
  }

  /**
   * Rows of a table as the gateway had them before what it is to put back; rows that it did not
   * have are left out. What it has put back, or has changed itself since, is settled by that.
   */
  Rows asBefore(Connection connection, Gateway gateway, Rows rows) throws SQLException {
    Map<Long, List<Reversal>> open = open(connection, gateway);
    if (!holds(open, rows.table())) {
      return rows;
    }
    List<Reversal> settled = new ArrayList<>();
    Rows.Builder before = new Rows.Builder(rows.table(), rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Map<String, @Nullable Object> its = rows.row(row);
      boolean stays = true;
      for (Reversal each : of(open, rows.table(), its.get(Table.ID))) {
        if (!each.isOpenFor(its)) {
          settled.add(each);
        } else if (each.removes()) {
          stays = false;
        } else {
          its = each.applied(its);
        }
      }
      if (stays) {
        Map<String, @Nullable Object> cells = its;
        before.row(rows.columns().stream().map(Column::name).map(cells::get).toArray());
      }
    }
    settle(connection, open, settled::contains);
    return before.build();
  }

  private static boolean holds(Map<Long, List<Reversal>> open, Table table) {
    return open.values().stream()
        .flatMap(List::stream)
        .anyMatch(each -> each.row().table().equals(table));
  }

  private static List<Reversal> of(
      Map<Long, List<Reversal>> open, Table table, @Nullable Object id) {
    return open.values().stream()
        .flatMap(List::stream)
        .filter(
            each -> each.row().table().equals(table) && Long.valueOf(each.row().id()).equals(id))
        .toList();
  }

  /**
   * Nothing is to be put back in rows that the gateway has no longer, or could not remove: these
   * are its own from then on.
   */
  void settleGone(Connection connection, Gateway gateway, Holdings holdings) throws SQLException {
    settle(
        connection,
        open(connection, gateway),
        each -> {
          String table = each.row().table().name();
          long id = each.row().id();
          Set<Long> present = holdings.present().get(table);
          return (present != null && !present.contains(id))
              || holdings.kept().getOrDefault(table, Set.of()).contains(id);
        });
  }

  /**
   * Adds to what a gateway is to take what it is to put back before. What it took and is to have
   * anyhow stays.
   */
  List<MetadataChange> before(Connection connection, Gateway gateway, List<MetadataChange> changes)
      throws SQLException {
    List<MetadataChange> all = new ArrayList<>();
    List<MetadataChange> others = new ArrayList<>(changes);
    for (List<Reversal> each : open(connection, gateway).values()) {
      for (Reversal reversal : each) {
        boolean isWanted =
            others.removeIf(
                change ->
                    change.table().equals(reversal.row().table())
                        && change
                            .local()
                            .filter(id -> id.value() == reversal.row().id())
                            .isPresent()
                        && !reversal.removes()
                        && change.is().equals(reversal.was()));
        if (!isWanted) {
          all.add(reversal.change());
        }
      }
    }
    all.addAll(others);
    return all;
  }

  private void settle(
      Connection connection, Map<Long, List<Reversal>> open, Predicate<Reversal> isSettled)
      throws SQLException {
    for (Map.Entry<Long, List<Reversal>> each : open.entrySet()) {
      List<Reversal> settled = each.getValue().stream().filter(isSettled).toList();
      if (!settled.isEmpty()) {
        List<Reversal> left = new ArrayList<>(each.getValue());
        left.removeAll(settled);
        write(connection, each.getKey(), left, settled);
      }
    }
  }

  private void write(
      Connection connection, long decision, List<Reversal> open, List<Reversal> settled)
      throws SQLException {
    String image = decisions.image(connection, decision);
    List<Reversal> done = new ArrayList<>(read(image, DONE));
    done.addAll(settled);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (!open.isEmpty()) {
      json.put(OPEN, json(open)); // first: by that it is found
    }
    if (!done.isEmpty()) {
      json.put(DONE, json(done));
    }
    parsed(image).forEach((name, value) -> json.putIfAbsent(String.valueOf(name), value));
    if (open.isEmpty()) {
      json.remove(OPEN);
    }
    decisions.image(connection, decision, new String(Json.bytes(json), StandardCharsets.UTF_8));
  }

  private static List<Object> json(List<Reversal> reversals) {
    List<Object> all = new ArrayList<>();
    for (Reversal each : reversals) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("table", each.row().table().name());
      json.put("id", each.row().id());
      json.put("central", each.central());
      json.put("was", SyncJson.writeRow(each.was()));
      json.put("is", SyncJson.writeRow(each.is()));
      all.add(json);
    }
    return all;
  }

  private static List<Reversal> read(String image, String name) throws SQLException {
    List<Reversal> all = new ArrayList<>();
    try {
      if (parsed(image).get(name) instanceof List<?> list) {
        for (Object each : list) {
          Map<?, ?> json = (Map<?, ?>) each;
          Table table = Tables.named(String.valueOf(json.get("table"))).orElseThrow();
          all.add(
              new Reversal(
                  new RowAt(table, number(json, "id")),
                  number(json, "central"),
                  MetadataJson.readRow(String.valueOf(json.get("was")), table),
                  MetadataJson.readRow(String.valueOf(json.get("is")), table)));
        }
      }
      return all;
    } catch (WireFormatException e) {
      throw new SQLException("tributary_decision holds no image: " + image, e);
    }
  }

  private static long number(Map<?, ?> json, String name) {
    return ((Number) Objects.requireNonNull(json.get(name))).longValue();
  }

  private static Map<?, ?> parsed(String image) throws SQLException {
    try {
      return image.isEmpty()
          ? Map.of()
          : (Map<?, ?>) Json.parse(image.getBytes(StandardCharsets.UTF_8));
    } catch (WireFormatException e) {
      throw new SQLException("tributary_decision holds no image: " + image, e);
    }
  }
}
