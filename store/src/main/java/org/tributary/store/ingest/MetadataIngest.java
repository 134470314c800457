package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.store.Trouble;
import org.tributary.wire.Authority;
import org.tributary.wire.Batch;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.WireFormatException;

/**
 * Matches a gateway's rows of a table that travels whole with central's: types, rooms, houses,
 * nodes. Each match is a journal entry with its evidence; what could mean two things is set aside
 * and never guessed. A field that the gateway changed since both sides agreed is changed at
 * central; no other is. Stateless; runs in its caller's transaction.
 */
final class MetadataIngest {

  /**
   * What became of the rows of a batch.
   *
   * @param matchedAnew whether a row was matched that was not before, so that others may stop
   *     waiting for it
   */
  record Outcome(Stored stored, List<Apart> apart, boolean matchedAnew) {}

  private final Engine engine;
  private final MappingJournal journal;
  private final SetAsideRows setAside;

  MetadataIngest(Engine engine, MappingJournal journal, SetAsideRows setAside) {
    this.engine = engine;
    this.journal = journal;
    this.setAside = setAside;
  }

  Outcome store(Connection connection, Gateway gateway, Batch batch) throws SQLException {
    Matching matching = new Matching(connection, gateway, batch.rows());
    for (int row = 0; row < batch.rows().size(); row++) {
      matching.take(batch.rows().row(row));
    }
    for (Unreadable row : batch.unreadable()) {
      matching.apart.add(
          new Apart(
              batch.table(),
              row.key(),
              Rule.UNREADABLE,
              row.reason(),
              row.row(),
              Optional.empty()));
    }
    setAside.put(connection, gateway, matching.apart);
    return new Outcome(matching.stored, matching.apart, matching.matchedAnew);
  }

  /** Not to be stored: thrown where it is found, set aside where the row is in hand. */
  private static final class Doubt extends Exception {
    private static final long serialVersionUID = 1L;
    private final Rule rule;

    Doubt(Rule rule, String reason) {
      super(reason, null, false, false);
      this.rule = rule;
    }
  }

  /** One batch being matched, row by row. */
  private final class Matching {
    private final Connection connection;
    private final Gateway gateway;
    private final Table table;
    private final TableWriter writer;
    private final Map<LocalId, Mapping> known;
    private final Map<CentralId, LocalId> taken = new HashMap<>();
    private final Map<String, Map<Long, Long>> parents = new HashMap<>();
    private final Map<List<@Nullable Object>, List<LocalId>> twins = new HashMap<>();
    private final List<Apart> apart = new ArrayList<>();
    private Stored stored = Stored.NOTHING;
    private boolean matchedAnew;

    Matching(Connection connection, Gateway gateway, Rows rows) throws SQLException {
      this.connection = connection;
      this.gateway = gateway;
      this.table = rows.table();
      this.writer = new TableWriter(engine, table);
      this.known = journal.of(connection, gateway, table);
      known.values().forEach(mapping -> taken.put(mapping.central(), mapping.local()));
      for (Column column : table.columns()) {
        if (column.references().isPresent()) {
          String parent = column.references().get();
          parents.put(parent, journal.ids(connection, gateway, parent));
        }
      }
      noteTwins(rows);
    }

    /** Matches and stores one row, or sets it aside. */
    void take(Map<String, @Nullable Object> row) throws SQLException {
      Savepoint before = connection.setSavepoint();
      try {
        stored = stored.plus(match(row));
        connection.releaseSavepoint(before);
        setAside.remove(connection, gateway, table, keyOf(row));
      } catch (Doubt doubt) {
        connection.rollback(before);
        doubted(row, doubt.rule, String.valueOf(doubt.getMessage()));
      } catch (SQLException e) {
        if (engine.troubleOf(e) != Trouble.DATA) {
          throw e;
        }
        connection.rollback(before);
        doubted(row, Rule.DATABASE, DatabaseUrl.redact(String.valueOf(e.getMessage())));
      }
    }

    private void doubted(Map<String, @Nullable Object> row, Rule rule, String reason)
        throws SQLException {
      apart.add(
          new Apart(table, keyOf(row), rule, reason, SyncJson.writeRow(row), Optional.empty()));
      boolean isAnother = rule == Rule.MEANING_DIFFERS || rule == Rule.CLAIMED;
      if (isAnother && row.get(Table.ID) instanceof Long id) {
        // Readings that refer to it must not be stored under what it is at central.
        journal.remove(connection, gateway, table, new LocalId(id));
      }
    }

    private Stored match(Map<String, @Nullable Object> row) throws SQLException, Doubt {
      if (!(row.get(Table.ID) instanceof Long id)) {
        throw new Doubt(Rule.KEY_MISSING, "id is null");
      }
      LocalId local = new LocalId(id);
      Map<Column, @Nullable Object> values = central(row);
      Mapping mapping = known.get(local);
      if (mapping != null) {
        Map<String, @Nullable Object> there = writer.byId(connection, mapping.central().value());
        if (!there.isEmpty()) {
          return update(row, values, mapping, there);
        }
        journal.remove(connection, gateway, table, local);
        taken.remove(mapping.central());
      }
      return table.identity() == Identity.GLOBAL_ID
          ? matchById(row, values, local)
          : matchByKey(row, values, local);
    }

    /** The row with central's ids in place of the gateway's, checked for what can't be held. */
    private Map<Column, @Nullable Object> central(Map<String, @Nullable Object> row) throws Doubt {
      Map<Column, @Nullable Object> values = new LinkedHashMap<>();
      for (Column column : table.columns()) {
        if (!row.containsKey(column.name())) {
          continue;
        }
        Object value = row.get(column.name());
        if (value instanceof String text
            && text.codePointCount(0, text.length()) > Column.MAX_TEXT) {
          throw new Doubt(
              Rule.VALUE_NOT_HELD,
              "%s has %d characters; central takes %d"
                  .formatted(column.name(), text.length(), Column.MAX_TEXT));
        }
        if (value instanceof Double real && !engine.holds(real)) {
          throw new Doubt(
              Rule.VALUE_NOT_HELD,
              "%s is %s, which %s can't hold".formatted(column.name(), real, engine.title()));
        }
        if (value instanceof Instant time && !Sieve.isHeld(time)) {
          throw new Doubt(
              Rule.VALUE_NOT_HELD,
              "%s is %s; central takes the years 1000 to 9999".formatted(column.name(), time));
        }
        if (value != null && column.references().isPresent()) {
          String parent = column.references().get();
          Long mapped = Objects.requireNonNull(parents.get(parent)).get((Long) value);
          if (mapped == null) {
            throw new Doubt(
                Rule.PARENT_MISSING,
                "%s is %s, and %s %s of this gateway has not been taken yet"
                    .formatted(column.name(), value, parent, value));
          }
          value = mapped;
        }
        values.put(column, value);
      }
      return values;
    }

    /** Brings over what the gateway changed since both sides agreed. */
    private Stored update(
        Map<String, @Nullable Object> row,
        Map<Column, @Nullable Object> values,
        Mapping mapping,
        Map<String, @Nullable Object> there)
        throws SQLException, Doubt {
      Map<String, @Nullable Object> base = base(mapping);
      Map<Column, @Nullable Object> changes = new LinkedHashMap<>();
      for (Map.Entry<Column, @Nullable Object> each : values.entrySet()) {
        String name = each.getKey().name();
        if (!Objects.equals(row.get(name), base.get(name))) {
          changes.put(each.getKey(), each.getValue());
        }
      }
      if (changes.isEmpty()) {
        return new Stored(0, 0, 1);
      }
      refuseOtherMeaning(row, there);
      if (table.equals(Tables.NODE)) {
        refuseClaimed(mapping.local(), values, there);
      }
      changes
          .entrySet()
          .removeIf(each -> Objects.equals(each.getValue(), there.get(each.getKey().name())));
      if (!changes.isEmpty()) {
        writer.update(connection, mapping.central().value(), changes);
      }
      journal.agree(connection, gateway, table, mapping.local(), SyncJson.writeRow(row));
      return changes.isEmpty() ? new Stored(0, 0, 1) : new Stored(0, 1, 0);
    }

    private Stored matchById(
        Map<String, @Nullable Object> row, Map<Column, @Nullable Object> values, LocalId local)
        throws SQLException, Doubt {
      Map<String, @Nullable Object> there = writer.byId(connection, local.value());
      if (there.isEmpty()) {
        return insert(row, values, local, "the id was free at central");
      }
      refuseOtherMeaning(row, there);
      if (table.equals(Tables.NODE)) {
        refuseClaimed(local, values, there);
      }
      return merge(row, values, local, there, "the same id on both sides");
    }

    private Stored matchByKey(
        Map<String, @Nullable Object> row, Map<Column, @Nullable Object> values, LocalId local)
        throws SQLException, Doubt {
      Map<Column, @Nullable Object> key = new LinkedHashMap<>();
      for (Column column : table.keyColumns()) {
        key.put(column, values.get(column));
        if (column.references().isEmpty() && values.get(column) == null) {
          return insert(
              row, values, local, "without " + column.name() + " there is nothing to match");
        }
      }
      List<LocalId> alike = twins.getOrDefault(keyOfTwins(row), List.of());
      if (alike.size() > 1) {
        throw new Doubt(
            Rule.AMBIGUOUS,
            "%s of this gateway are alike (%s); give each its own"
                .formatted(namesOf(alike), shown(row, table.key())));
      }
      List<Long> candidates = writer.find(connection, key);
      if (candidates.isEmpty()) {
        return insert(row, values, local, "none at central with " + shown(row, table.key()));
      }
      if (candidates.size() > 1) {
        throw new Doubt(
            Rule.AMBIGUOUS,
            "central has more than one %s with %s: %s"
                .formatted(table, shown(row, table.key()), candidates));
      }
      CentralId central = new CentralId(candidates.get(0));
      LocalId other = taken.get(central);
      if (other != null) {
        throw new Doubt(
            Rule.AMBIGUOUS,
            "%s %s and %s %s of this gateway could both be %s %s at central (%s)"
                .formatted(table, local, table, other, table, central, shown(row, table.key())));
      }
      return merge(
          row,
          values,
          local,
          writer.byId(connection, central.value()),
          "the only one at central with " + shown(row, table.key()));
    }

    private Stored insert(
        Map<String, @Nullable Object> row,
        Map<Column, @Nullable Object> values,
        LocalId local,
        String evidence)
        throws SQLException {
      long id = writer.insert(connection, values);
      matched(row, local, new CentralId(id), "created: " + evidence);
      return new Stored(1, 0, 0);
    }

    /** A first match: central keeps what it has, or takes the gateway's word, as the table says. */
    private Stored merge(
        Map<String, @Nullable Object> row,
        Map<Column, @Nullable Object> values,
        LocalId local,
        Map<String, @Nullable Object> there,
        String evidence)
        throws SQLException {
      Map<Column, @Nullable Object> changes = new LinkedHashMap<>();
      for (Map.Entry<Column, @Nullable Object> each : values.entrySet()) {
        Object theirs = there.get(each.getKey().name());
        boolean fills = theirs == null || table.authority() == Authority.GATEWAY;
        if (each.getValue() != null && fills && !each.getValue().equals(theirs)) {
          changes.put(each.getKey(), each.getValue());
        }
      }
      CentralId central = new CentralId((Long) Objects.requireNonNull(there.get(Table.ID)));
      if (!changes.isEmpty()) {
        writer.update(connection, central.value(), changes);
      }
      matched(row, local, central, "matched: " + evidence);
      return changes.isEmpty() ? new Stored(0, 0, 1) : new Stored(0, 1, 0);
    }

    private void matched(
        Map<String, @Nullable Object> row, LocalId local, CentralId central, String evidence)
        throws SQLException {
      Mapping mapping = new Mapping(local, central, evidence, SyncJson.writeRow(row));
      journal.add(connection, gateway, table, mapping);
      taken.put(central, local);
      matchedAnew = true;
    }

    private void refuseOtherMeaning(
        Map<String, @Nullable Object> row, Map<String, @Nullable Object> there) throws Doubt {
      for (String column : table.meaning()) {
        Object ours = there.get(column);
        Object theirs = row.get(column);
        if (ours != null && theirs != null && !ours.equals(theirs)) {
          throw new Doubt(
              Rule.MEANING_DIFFERS,
              "%s %s is (%s) at the gateway and (%s) at central; give one of them another id"
                  .formatted(
                      table,
                      row.get(Table.ID),
                      shown(row, table.meaning()),
                      shown(there, table.meaning())));
        }
      }
    }

    /** A node is one gateway's, unless two gateways have it in one and the same house. */
    private void refuseClaimed(
        LocalId local, Map<Column, @Nullable Object> values, Map<String, @Nullable Object> there)
        throws SQLException, Doubt {
      List<GatewayId> others =
          journal.othersWith(connection, gateway, table, new CentralId(local.value()));
      if (others.isEmpty()) {
        return;
      }
      OptionalLong house = houseOf(there.get("locationId"));
      OptionalLong claimed = houseOf(values.get(Tables.NODE.require("locationId")));
      if (house.isEmpty() || !house.equals(claimed)) {
        throw new Doubt(
            Rule.CLAIMED,
            "node %s is gateway %s's, in House %s at central; here it is in House %s"
                .formatted(local, others.get(0), shown(house), shown(claimed)));
      }
    }

    private OptionalLong houseOf(@Nullable Object location) throws SQLException {
      if (location == null) {
        return OptionalLong.empty();
      }
      String sql =
          "SELECT %s FROM %s WHERE %s = ?"
              .formatted(
                  engine.quote("houseId"),
                  engine.quote(Tables.LOCATION.name()),
                  engine.quote(Table.ID));
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setLong(1, (Long) location);
        try (ResultSet found = select.executeQuery()) {
          if (!found.next()) {
            return OptionalLong.empty();
          }
          long house = found.getLong(1);
          return found.wasNull() ? OptionalLong.empty() : OptionalLong.of(house);
        }
      }
    }

    private Map<String, @Nullable Object> base(Mapping mapping) throws SQLException {
      Rows.Builder base = new Rows.Builder(table, table.travelling(), 1);
      try {
        SyncJson.readRow(mapping.base(), base, table.travelling());
      } catch (WireFormatException e) {
        throw new SQLException("tributary_mapping holds no row of " + table, e);
      }
      return base.build().row(0);
    }

    private void noteTwins(Rows rows) {
      if (table.identity() != Identity.NATURAL_KEY) {
        return;
      }
      for (int row = 0; row < rows.size(); row++) {
        if (rows.value(Table.ID, row) instanceof Long id && !known.containsKey(new LocalId(id))) {
          twins
              .computeIfAbsent(keyOfTwins(rows.row(row)), key -> new ArrayList<>())
              .add(new LocalId(id));
        }
      }
    }

    private List<@Nullable Object> keyOfTwins(Map<String, @Nullable Object> row) {
      List<@Nullable Object> key = new ArrayList<>();
      table.key().forEach(column -> key.add(row.get(column)));
      return key;
    }

    private String namesOf(List<LocalId> ids) {
      List<String> names = new ArrayList<>();
      ids.forEach(id -> names.add(table + " " + id));
      return String.join(" and ", names);
    }
  }

  private static String keyOf(Map<String, @Nullable Object> row) {
    return String.valueOf(row.get(Table.ID));
  }

  private static String shown(Map<String, @Nullable Object> row, List<String> columns) {
    List<String> shown = new ArrayList<>();
    for (String column : columns) {
      Object value = row.get(column);
      shown.add(column + " " + (value instanceof String text ? '"' + text + '"' : value));
    }
    return String.join(", ", shown);
  }

  private static String shown(OptionalLong id) {
    return id.isPresent() ? Long.toString(id.getAsLong()) : "none";
  }
}
