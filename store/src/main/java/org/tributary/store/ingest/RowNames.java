package org.tributary.store.ingest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;

/**
 * What people call rows, at central and at a gateway: a house by its address, a node by its room. A
 * row that has no name is called nothing. Thread-safe.
 */
public final class RowNames {

  private final Database database;
  private final GatewayNames gateways;
  private final MatchingStates states;

  /** Names within central itself. */
  public RowNames(Database database, Clock clock) {
    this.database = database;
    this.gateways = new GatewayNames(new Gateways(database.engine(), clock));
    this.states = new MatchingStates(database.engine());
  }

  /** What central's rows are called. */
  public Map<RowAt, String> here(Set<RowAt> rows) throws StoreException {
    return database.read(
        connection ->
            called(
                rows,
                new RowWords(
                    (table, id) ->
                        new CentralTable(database.engine(), connection, table)
                            .row(new CentralId(id)))));
  }

  /**
   * What a gateway's rows are called there, by what it sent of them last, be it that they are set
   * aside.
   *
   * @throws UndecidedException if there is no such gateway
   */
  public Map<RowAt, String> at(GatewayId gateway, Set<RowAt> rows)
      throws StoreException, UndecidedException {
    try {
      return database.read(
          connection -> {
            MatchingState state = states.of(connection, gateways.require(connection, gateway));
            return called(rows, new RowWords((table, id) -> sent(state, table, id)));
          });
    } catch (Stop stop) {
      throw new UndecidedException(String.valueOf(stop.getMessage()));
    }
  }

  private static Map<String, @Nullable Object> sent(MatchingState state, Table table, long id) {
    MatchingState.Aside aside = state.apart().get(new MatchingState.Key(table, String.valueOf(id)));
    MatchingState.Entry entry = state.journal().get(new RowAt(table, id));
    String content = aside != null ? aside.content() : entry != null ? entry.base() : "";
    return OpenQuestions.read(table, content).map(found -> found.row(0)).orElse(Map.of());
  }

  private static Map<RowAt, String> called(Set<RowAt> rows, RowWords words) throws SQLException {
    Map<RowAt, String> called = new HashMap<>();
    for (RowAt row : rows) {
      called.put(row, words.of(row.table(), row.id()));
    }
    return called;
  }
}
