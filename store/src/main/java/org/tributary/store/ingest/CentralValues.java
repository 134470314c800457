package org.tributary.store.ingest;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/** What a gateway's rows say in central's terms: its ids in place of theirs. For one batch. */
final class CentralValues {
  private final Engine engine;
  private final Table table;
  private final Map<String, Map<Long, Long>> parents;

  CentralValues(Engine engine, MappingJournal journal, Intake intake) throws SQLException {
    this.engine = engine;
    this.table = intake.table();
    this.parents = journal.of(intake.connection(), intake.gateway(), intake.rows());
  }

  /** The row with central's ids in place of the gateway's, checked for what can't be held. */
  Map<Column, @Nullable Object> of(Map<String, @Nullable Object> row) throws Doubt {
    Map<Column, @Nullable Object> values = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (row.containsKey(column.name())) {
        Object value = row.get(column.name());
        refuseWhatIsNotHeld(column, value);
        values.put(column, value == null ? null : mapped(column, value));
      }
    }
    return values;
  }

  private void refuseWhatIsNotHeld(Column column, @Nullable Object value) throws Doubt {
    if (value instanceof String text && text.codePointCount(0, text.length()) > Column.MAX_TEXT) {
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
    Optional<String> changed =
        value == null ? Optional.empty() : engine.asBuilt().changed(table, column, value);
    if (changed.isPresent()) {
      throw new Doubt(Rule.VALUE_NOT_HELD, changed.get());
    }
    if (value instanceof Instant time && !Micros.hasFourDigitYear(time)) {
      throw new Doubt(
          Rule.VALUE_NOT_HELD,
          "%s is %s; central takes the years 1000 to 9999".formatted(column.name(), time));
    }
  }

  private Object mapped(Column column, Object value) throws Doubt {
    if (column.references().isEmpty()) {
      return value;
    }
    String parent = column.references().get();
    Long mapped = Objects.requireNonNull(parents.get(parent)).get((Long) value);
    if (mapped == null) {
      throw new Doubt(
          Rule.PARENT_MISSING,
          "%s is %s, and %s %s of this gateway has not been taken yet"
              .formatted(column.name(), value, parent, value));
    }
    return mapped;
  }
}
