package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.OwnRows;
import org.tributary.store.TableWriter;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Takes rows of series back that a gateway told, and stores them as if it told them now: where what
 * they refer to is another row of central by then they go there, where it is none they wait.
 * Stateless; runs in its caller's transaction.
 */
final class Retelling {

  private static final int ROWS_AT_ONCE = 1_000;

  private final Engine engine;
  private final MappingJournal journal;
  private final SetAsideRows setAside;
  private final SeriesIngest series;

  Retelling(Engine engine, MappingJournal journal, SetAsideRows setAside, SeriesIngest series) {
    this.engine = engine;
    this.journal = journal;
    this.setAside = setAside;
    this.series = series;
  }

  /**
   * Under which rows of central a gateway's rows of series stand.
   *
   * @param told the gateway's ids, by central's, by table
   * @param others for nodes that others have too: the places of those
   */
  record Standing(Map<Table, Map<Long, Long>> told, Map<Long, Set<Long>> others) {

    Map<Long, Long> of(Table table) {
      return told.getOrDefault(table, Map.of());
    }
  }

  /** As a journal says, be its entries in force or not. */
  Standing standing(Connection connection, Gateway gateway, MatchingState state)
      throws SQLException {
    Map<Table, Map<Long, Long>> told = new HashMap<>();
    state
        .journal()
        .forEach(
            (local, entry) ->
                told.computeIfAbsent(local.table(), table -> new HashMap<>())
                    .put(entry.central(), local.id()));
    Set<Long> nodes = Set.copyOf(told.getOrDefault(Tables.NODE, Map.of()).keySet());
    return new Standing(told, new SharedNodes(journal).places(connection, gateway, nodes));
  }

  /**
   * Tells rows again that refer to some rows of central.
   *
   * @param before how they stand there
   * @param changed rows of central that the gateway's are no longer
   * @return how many stand elsewhere by it; the others wait
   */
  long again(Connection connection, Gateway gateway, Standing before, Map<Table, Set<Long>> changed)
      throws SQLException {
    long told = 0;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        told += again(connection, gateway, table, before, changed);
      }
    }
    return told;
  }

  private long again(
      Connection connection,
      Gateway gateway,
      Table table,
      Standing before,
      Map<Table, Set<Long>> changed)
      throws SQLException {
    String those = condition(table, before, changed);
    if (those.isEmpty()) {
      return 0;
    }
    long told = 0;
    int skipped = 0;
    Rows page = page(connection, table, those, skipped);
    while (!page.isEmpty()) {
      Rows its = its(table, page, before);
      skipped += page.size() - its.size();
      if (!its.isEmpty()) {
        new TableWriter(engine, table).delete(connection, its);
        told += store(connection, gateway, table, toldRows(table, its, before), changed);
      }
      page = page(connection, table, those, skipped);
    }
    return told;
  }

  private String condition(Table table, Standing before, Map<Table, Set<Long>> changed) {
    Set<String> either = new LinkedHashSet<>();
    for (Column column : table.columns()) {
      Set<Long> ids =
          column
              .references()
              .flatMap(Tables::named)
              .map(parent -> changed.getOrDefault(parent, Set.of()))
              .orElse(Set.of());
      if (!ids.isEmpty()) {
        either.add("%s IN (%s)".formatted(engine.quote(column.name()), list(ids)));
      }
    }
    Set<Long> nodes = before.of(Tables.NODE).keySet();
    return either.isEmpty() || nodes.isEmpty()
        ? ""
        : "%s IN (%s) AND (%s)"
            .formatted(engine.quote("nodeId"), list(nodes), String.join(" OR ", either));
  }

  private static String list(Collection<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private Rows page(Connection connection, Table table, String those, int skipped)
      throws SQLException {
    String names =
        table.columns().stream()
            .map(column -> engine.quote(column.name()))
            .collect(Collectors.joining(", "));
    String order = table.key().stream().map(engine::quote).collect(Collectors.joining(", "));
    String sql =
        "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %d OFFSET %d"
            .formatted(names, engine.quote(table.name()), those, order, ROWS_AT_ONCE, skipped);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      return new OwnRows(engine, table, table.columns()).read(select);
    }
  }

  /** Those of some rows that this gateway told. */
  private static Rows its(Table table, Rows rows, Standing before) {
    int node = rows.indexOf("nodeId");
    int place = rows.indexOf("locationId");
    return rows.where(
        row -> {
          Set<Long> others = before.others().get(rows.longAt(node, row));
          if (others == null) {
            return true;
          }
          Long where = place < 0 || rows.isNull(place, row) ? null : rows.longAt(place, row);
          boolean isHere = where != null && before.of(Tables.LOCATION).containsKey(where);
          boolean isThere = where != null && others.contains(where);
          if (isHere == isThere) {
            throw new Stop(
                ("%s of node %d may be this gateway's or another's, which has that node too: central"
                        + " can't tell them apart")
                    .formatted(table, rows.longAt(node, row)));
          }
          return isHere;
        });
  }

  /** As the gateway tells them. */
  private static Rows toldRows(Table table, Rows rows, Standing before) {
    Rows.Builder told = new Rows.Builder(table, rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Map<String, @Nullable Object> cells = rows.row(row);
      for (Column column : table.columns()) {
        if (column.references().isPresent() && cells.get(column.name()) instanceof Long id) {
          Table parent = Tables.named(column.references().get()).orElseThrow();
          Long local = before.of(parent).get(id);
          if (local == null) {
            throw new Stop(
                "A row of %s of this gateway stands under %s %d, which is none of its: somebody filed it there"
                    .formatted(table, parent, id));
          }
          cells.put(column.name(), local);
        }
      }
      told.row(cells.values().toArray());
    }
    return told.build();
  }

  private long store(
      Connection connection, Gateway gateway, Table table, Rows told, Map<Table, Set<Long>> changed)
      throws SQLException {
    SeriesIngest.Outcome outcome = series.store(connection, gateway, told);
    boolean allWait = outcome.apart().stream().allMatch(each -> each.rule() == Rule.PARENT_MISSING);
    if (!allWait || outcome.stored().inserted() + outcome.apart().size() != told.size()) {
      throw new Stop(
          "Rows of %s would collide with others at central%s"
              .formatted(
                  table,
                  allWait ? "" : ": " + outcome.apart().get(outcome.apart().size() - 1).reason()));
    }
    for (Column column : table.columns()) {
      String parent = column.references().orElse("");
      Set<Long> gone =
          Tables.named(parent).map(each -> changed.getOrDefault(each, Set.of())).orElse(Set.of());
      if (!gone.isEmpty()
          && journal.ids(connection, gateway, parent).values().stream().anyMatch(gone::contains)) {
        throw new Stop("Rows of %s of this gateway have changed places".formatted(parent));
      }
    }
    setAside.put(connection, gateway, outcome.apart());
    return outcome.stored().inserted();
  }

  /** How many node states of a node there are. */
  long states(Connection connection, long node) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM %s WHERE %s = ?"
            .formatted(engine.quote(Tables.NODE_STATE.name()), engine.quote("nodeId"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, node);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }
}
