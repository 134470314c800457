package org.tributary.store.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.OwnRows;
import org.tributary.store.TableWriter;
import org.tributary.store.ingest.MappedRows;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/** Adds and replaces single rows. Stateless; runs in its caller's transaction. */
final class RowChanges {

  private final Engine engine;
  private final Clock clock;
  private final References references;
  private final RowRemoval removal;
  private final MappedRows mapped;

  RowChanges(Engine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    this.references = new References(engine);
    this.mapped = new MappedRows(engine);
    this.removal = new RowRemoval(engine, references, mapped);
  }

  Outcome add(Connection connection, RestTable table, Map<Column, @Nullable Object> given)
      throws SQLException {
    Map<Column, @Nullable Object> row = whole(table, given, Map.of());
    if (table.equals(RestTables.PUSH_STATUS)) {
      report(connection, row);
    }
    Optional<Outcome.Refused> refusal = unlikely(table, row);
    if (refusal.isEmpty()) {
      refusal = refusal(connection, table, row, OptionalId.NONE);
    }
    return refusal.isPresent() ? refusal.get() : insert(connection, table, row);
  }

  Outcome replace(Connection connection, TableQuery query, Map<Column, @Nullable Object> given)
      throws SQLException {
    Rows found = find(connection, query);
    if (found.size() > 1) {
      return Outcome.refused(
          Outcome.Reason.SEVERAL, "More than one %s is meant".formatted(query.table()));
    }
    Map<String, @Nullable Object> there = found.isEmpty() ? keyMeantBy(query) : found.row(0);
    Map<Column, @Nullable Object> row = new LinkedHashMap<>(given);
    for (Column column : query.table().key()) {
      Object meant = there.get(column.name());
      Object said = given.get(column);
      if (meant != null && said != null && !said.equals(meant)) {
        return Outcome.refused(
            Outcome.Reason.CONTRADICTION,
            column.name(),
            "%s is %s in the body, and the row that is meant has %s"
                .formatted(column.name(), said, meant));
      }
      if (meant != null) {
        row.put(column, meant);
      }
    }
    return found.isEmpty()
        ? add(connection, query.table(), row)
        : update(connection, query.table(), row, there);
  }

  Outcome delete(Connection connection, RestTable table, long id) throws SQLException {
    return removal.delete(connection, table, id);
  }

  /** Every column of the table; what is not given is as it was, or null. */
  private static Map<Column, @Nullable Object> whole(
      RestTable table, Map<Column, @Nullable Object> given, Map<String, @Nullable Object> before) {
    Map<Column, @Nullable Object> row = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      row.put(column, given.containsKey(column) ? given.get(column) : before.get(column.name()));
    }
    return row;
  }

  /** A gateway's report is stamped by our clock, and makes the gateway known. */
  private void report(Connection connection, Map<Column, @Nullable Object> row)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    row.put(RestTables.PUSH_STATUS.table().require("time"), now);
    Object hostname = row.get(RestTables.PUSH_STATUS.table().require("hostname"));
    if (hostname == null) {
      return;
    }
    Column column = RestTables.SERVER.table().require("hostname");
    TableQuery known =
        TableQuery.all(RestTables.SERVER).and(column, TableQuery.Operator.EQUAL, hostname);
    if (find(connection, known).isEmpty()) {
      Map<Column, @Nullable Object> server = new HashMap<>();
      server.put(column, hostname);
      new TableWriter(engine, RestTables.SERVER.table()).insert(connection, server);
    }
  }

  /** The id of the row that is replaced, which may keep what no other row may have. */
  private record OptionalId(@Nullable Object value) {
    static final OptionalId NONE = new OptionalId(null);
  }

  private Optional<Outcome.Refused> refusal(
      Connection connection, RestTable table, Map<Column, @Nullable Object> row, OptionalId own)
      throws SQLException {
    for (Column column : table.key()) {
      Object value = row.get(column);
      if (value == null && !table.idIsGenerated()) {
        return Optional.of(
            Outcome.refused(
                Outcome.Reason.CONTRADICTION,
                column.name(),
                "A %s needs %s".formatted(table, column.name())));
      }
      if (value instanceof Long id && id < 1 && table.idIsGenerated()) {
        return Optional.of(
            Outcome.refused(Outcome.Reason.CONTRADICTION, column.name(), "id should be 1 or more"));
      }
    }
    Optional<Outcome.Refused> dangling = references.dangling(connection, row);
    return dangling.isPresent() ? dangling : taken(connection, table, row, own);
  }

  /**
   * Says so if a row of a series has a time that no clock that was set can have shown. One of the
   * future would be the newest there is, and existing gateways would send nothing before it.
   */
  private Optional<Outcome.Refused> unlikely(RestTable table, Map<Column, @Nullable Object> row) {
    Column column = table.key().get(0);
    Instant latest = clock.instant().plus(Rule.AHEAD_TRUSTED);
    return !table.hasId()
            && row.get(column) instanceof Instant time
            && (time.isBefore(Rule.EARLIEST_TRUSTED) || time.isAfter(latest))
        ? Optional.of(
            Outcome.refused(
                Outcome.Reason.CONTRADICTION,
                column.name(),
                "%s should lie between 2000 and an hour from now; uploads in bulk set such rows aside"
                    .formatted(column.name())))
        : Optional.empty();
  }

  /** Says so if another row is at the place that only one can have. */
  private Optional<Outcome.Refused> taken(
      Connection connection, RestTable table, Map<Column, @Nullable Object> row, OptionalId own)
      throws SQLException {
    if (!table.equals(RestTables.LOCATION)) {
      return Optional.empty();
    }
    TableQuery same = TableQuery.all(table);
    for (Column column : table.table().keyColumns()) {
      Object value = row.get(column);
      if (value == null) {
        return Optional.empty();
      }
      same = same.and(column, TableQuery.Operator.EQUAL, value);
    }
    Rows found = find(connection, same);
    if (found.isEmpty() || Objects.equals(found.value(Table.ID, 0), own.value())) {
      return Optional.empty();
    }
    return Optional.of(
        Outcome.refused(
            Outcome.Reason.DUPLICATE,
            "%s %s has that house and room".formatted(table, found.value(Table.ID, 0))));
  }

  private Outcome insert(Connection connection, RestTable table, Map<Column, @Nullable Object> row)
      throws SQLException {
    TableWriter writer = new TableWriter(engine, table.table());
    if (!table.idIsGenerated()) {
      Rows one = rows(table, row);
      return writer.insertNew(connection, one) == 1 ? new Outcome.Done(one) : duplicate(table, row);
    }
    Column idColumn = table.key().get(0);
    if (row.get(idColumn) instanceof Long id) {
      if (!writer.byId(connection, id).isEmpty()) {
        return duplicate(table, row);
      }
      writer.insert(connection, row);
      engine.passId(connection, table.table().name(), id);
    } else {
      row.remove(idColumn);
      row.put(idColumn, writer.insert(connection, row));
    }
    return new Outcome.Done(rows(table, row));
  }

  private static Outcome duplicate(RestTable table, Map<Column, @Nullable Object> row) {
    StringBuilder key = new StringBuilder();
    for (Column column : table.key()) {
      key.append(key.isEmpty() ? "" : ", ").append(column.name()).append(' ');
      key.append(row.get(column));
    }
    return Outcome.refused(
        Outcome.Reason.DUPLICATE,
        table.key().get(table.key().size() - 1).name(),
        "There is a %s with %s already; PUT changes it".formatted(table, key));
  }

  private Outcome update(
      Connection connection,
      RestTable table,
      Map<Column, @Nullable Object> given,
      Map<String, @Nullable Object> there)
      throws SQLException {
    boolean keeps = table.equals(RestTables.READING);
    Map<Column, @Nullable Object> row = whole(table, given, keeps ? there : Map.of());
    Optional<Outcome.Refused> refusal =
        refusal(connection, table, row, new OptionalId(there.get(Table.ID)));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    TableWriter writer = new TableWriter(engine, table.table());
    Rows one = rows(table, row);
    if (table.hasId()) {
      long id = (Long) Objects.requireNonNull(there.get(Table.ID));
      Map<Column, @Nullable Object> values = new LinkedHashMap<>(row);
      values.keySet().removeAll(table.key());
      writer.update(connection, id, values);
      if (meansSomethingElse(table.table(), one.row(0), there)) {
        mapped.askAgain(connection, table.table(), id);
      }
    } else {
      writer.upsert(connection, one);
    }
    return new Outcome.Done(one);
  }

  private static boolean meansSomethingElse(
      Table table, Map<String, @Nullable Object> row, Map<String, @Nullable Object> before) {
    return table.meaning().stream()
        .anyMatch(column -> !Objects.equals(row.get(column), before.get(column)));
  }

  /** What the query says of the key of the one row that it means. */
  private static Map<String, @Nullable Object> keyMeantBy(TableQuery query) {
    Map<String, @Nullable Object> key = new HashMap<>();
    for (TableQuery.Condition condition : query.conditions()) {
      if (condition.operator() == TableQuery.Operator.EQUAL
          && query.table().key().contains(condition.column())) {
        key.put(condition.column().name(), condition.value());
      }
    }
    return key;
  }

  /** The row that is meant, and a second one if more are meant. */
  private Rows find(Connection connection, TableQuery query) throws SQLException {
    Clause rows = new QuerySql(engine, query).rows(0, 2).add(engine.forUpdate());
    try (PreparedStatement select = rows.prepare(connection)) {
      return new OwnRows(engine, query.table().table(), query.table().columns()).read(select);
    }
  }

  private static Rows rows(RestTable table, Map<Column, @Nullable Object> row) {
    Rows.Builder one = new Rows.Builder(table.table(), table.columns(), 1);
    Object[] cells = table.columns().stream().map(row::get).toArray();
    return one.row(cells).build();
  }
}
