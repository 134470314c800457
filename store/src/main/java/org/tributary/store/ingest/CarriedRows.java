package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * Rows of one gateway that are set aside, carried from books that go with their connection into the
 * next ones: it fills new books with them, and says what has come and gone since. Not thread-safe.
 */
public final class CarriedRows {

  private static final int ROWS_AT_ONCE = 500;

  /**
   * By these a row may be taken that was not, though it is the same: something there was mended.
   */
  private static final Set<Rule> MAY_BE_TAKEN =
      EnumSet.of(Rule.VALUE_NOT_HELD, Rule.DATABASE, Rule.CLAIMED, Rule.PARENT_MISSING);

  /** What is known of a row: if that changes it is another one. */
  private record Entry(String table, String key, String rule, long hash) {}

  /**
   * What has become of rows since it was asked last.
   *
   * @param gone their keys, by table; those that are otherwise now are among both
   * @param come with their content, as JSON
   */
  public record Changes(Map<String, List<String>> gone, Map<SetAside, String> come) {
    static final Changes NONE = new Changes(Map.of(), Map.of());

    public Changes {
      gone = Map.copyOf(gone);
      come = Collections.unmodifiableMap(new LinkedHashMap<>(come));
    }
  }

  private final Database database;
  private final GatewayId gateway;
  private final int most;
  private final Gateways gateways;
  private final SetAsideRows setAside;
  private Map<Long, Entry> told = Map.of();
  private List<String> sum = List.of();

  /**
   * @param most how many rows are carried; those that come after them are not
   */
  public CarriedRows(Database database, GatewayId gateway, int most, Clock clock) {
    this.database = database;
    this.gateway = gateway;
    this.most = most;
    this.gateways = new Gateways(database.engine(), clock);
    this.setAside = new SetAsideRows(database.engine(), clock);
  }

  /**
   * Fills the books with rows, by what they hold.
   *
   * @return whether they know the gateway; if not, nothing was done
   */
  public boolean fill(Map<SetAside, String> rows) throws StoreException {
    List<Apart> apart = new ArrayList<>();
    rows.forEach((what, content) -> apart(what, content).ifPresent(apart::add));
    return database.write(
        connection -> {
          Optional<Gateway> known = gateways.find(connection, gateway);
          if (known.isEmpty()) {
            return false;
          }
          setAside.put(connection, known.get(), apart);
          sum = sum(connection, known.get());
          told = entries(connection, known.get());
          return true;
        });
  }

  private static Optional<Apart> apart(SetAside what, String content) {
    return Tables.named(what.table())
        .map(
            table ->
                new Apart(
                    table,
                    what.key(),
                    what.rule(),
                    what.reason(),
                    content,
                    new PartlyRead(table, content).time()));
  }

  /** Batches of the rows that may be taken by now. Tables that travel whole are tried anyway. */
  public static List<Batch> again(Map<SetAside, String> rows, int rowsAtOnce) {
    Map<Table, List<Rows>> readable = new LinkedHashMap<>();
    rows.forEach(
        (what, content) ->
            readable(what, content)
                .ifPresent(
                    row -> readable.computeIfAbsent(row.table(), t -> new ArrayList<>()).add(row)));
    List<Batch> batches = new ArrayList<>();
    readable.forEach(
        (table, all) -> {
          for (int from = 0; from < all.size(); from += rowsAtOnce) {
            List<Rows> some = all.subList(from, Math.min(all.size(), from + rowsAtOnce));
            Rows.Builder together = new Rows.Builder(table, table.columns(), some.size());
            some.forEach(row -> together.row(row.row(0).values().toArray()));
            batches.add(
                new Batch(
                    table,
                    Lane.HISTORY,
                    Optional.empty(),
                    Optional.empty(),
                    together.build(),
                    List.of()));
          }
        });
    return batches;
  }

  private static Optional<Rows> readable(SetAside what, String content) {
    Optional<Table> table = Tables.named(what.table()).filter(Table::isSeries);
    if (table.isEmpty() || !MAY_BE_TAKEN.contains(what.rule())) {
      return Optional.empty();
    }
    Rows.Builder builder = new Rows.Builder(table.get(), table.get().columns(), 1);
    try {
      SyncJson.readRow(content, builder, table.get().columns());
    } catch (WireFormatException e) {
      return Optional.empty();
    }
    Rows row = builder.build();
    return SetAsideRows.shortKey(Sieve.keyOf(row, 0)).equals(what.key())
        ? Optional.of(row)
        : Optional.empty();
  }

  /** What has come and gone since this was asked last. One turn where that is nothing. */
  public Changes changes() throws StoreException {
    return database.read(
        connection -> {
          Optional<Gateway> known = gateways.find(connection, gateway);
          if (known.isEmpty()) {
            return Changes.NONE;
          }
          List<String> now = sum(connection, known.get());
          if (now.equals(sum)) {
            return Changes.NONE;
          }
          Map<Long, Entry> entries = entries(connection, known.get());
          Changes changes = changes(connection, entries);
          told = entries;
          sum = sum(connection, known.get()); // of what is told by now
          return changes;
        });
  }

  private Changes changes(Connection connection, Map<Long, Entry> entries) throws SQLException {
    Map<String, List<String>> gone = new HashMap<>();
    told.forEach(
        (id, entry) -> {
          if (!entry.equals(entries.get(id))) {
            gone.computeIfAbsent(entry.table(), table -> new ArrayList<>()).add(entry.key());
          }
        });
    List<Long> fresh = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          if (!entry.equals(told.get(id))) {
            fresh.add(id);
          }
        });
    Map<SetAside, String> come = new LinkedHashMap<>();
    for (int from = 0; from < fresh.size(); from += ROWS_AT_ONCE) {
      List<Long> some = fresh.subList(from, Math.min(fresh.size(), from + ROWS_AT_ONCE));
      contents(connection, some, come);
    }
    return new Changes(gone, come);
  }

  /** A line a table and rule: how many rows there are, and what changes if one does. */
  private List<String> sum(Connection connection, Gateway known) throws SQLException {
    String sql =
        """
        SELECT table_name, rule, COUNT(*), SUM(id), SUM(COALESCE(row_hash, 0) % 1000003)
        FROM tributary_setaside
        WHERE gateway_id = ? AND id <= ?
        GROUP BY table_name, rule
        ORDER BY table_name, rule
        """;
    OptionalLong last = told.keySet().stream().mapToLong(Long::longValue).max();
    List<String> lines = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, known.key());
      select.setLong(2, told.size() < most ? Long.MAX_VALUE : last.orElse(Long.MAX_VALUE));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          StringBuilder line = new StringBuilder();
          for (int column = 1; column <= 5; column++) {
            line.append(found.getString(column)).append(' ');
          }
          lines.add(line.toString());
        }
      }
    }
    return lines;
  }

  private Map<Long, Entry> entries(Connection connection, Gateway known) throws SQLException {
    String sql =
        """
        SELECT id, table_name, row_key, rule, COALESCE(row_hash, 0)
        FROM tributary_setaside
        WHERE gateway_id = ?
        ORDER BY id
        LIMIT %d
        """
            .formatted(most);
    Map<Long, Entry> entries = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, known.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          entries.put(
              found.getLong(1),
              new Entry(
                  found.getString(2), found.getString(3), found.getString(4), found.getLong(5)));
        }
      }
    }
    return entries;
  }

  private static void contents(Connection connection, List<Long> ids, Map<SetAside, String> into)
      throws SQLException {
    String sql =
        """
        SELECT table_name, row_key, rule, reason, content
        FROM tributary_setaside
        WHERE id IN (%s)
        ORDER BY id
        """
            .formatted(String.join(", ", Collections.nCopies(ids.size(), "?")));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < ids.size(); i++) {
        select.setLong(i + 1, ids.get(i));
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          into.put(
              new SetAside(
                  found.getString(1),
                  found.getString(2),
                  Rule.valueOf(found.getString(3)),
                  found.getString(4)),
              found.getString(5));
        }
      }
    }
  }
}
