package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * Where the rows of a series stand in the order of its key: which lie behind a position, and which
 * stand before it although they are later. Immutable.
 */
final class KeyOrder {
  private final ActualNames names;
  private final Engine engine;
  private final Table table;

  KeyOrder(ActualNames names) {
    this.names = names;
    this.engine = names.engine();
    this.table = names.table();
  }

  /**
   * Rows behind a position. The time alone bounds the stretch of the index that is read; the rest
   * is written out, because no engine answers a comparison of whole rows from its index as well.
   */
  Condition behind(Connection connection, Optional<Position> cursor, Optional<Instant> until)
      throws SQLException {
    List<Column> key = table.keyColumns();
    String time = names.time();
    TimeForm form = timeForm(connection);
    Condition condition = new Condition();
    if (cursor.isPresent()) {
      List<Object> parts = cursor.get().key();
      List<Object> rest = parts.subList(1, parts.size());
      List<Object> times = standing(connection, spellings(form, parts.get(0)), rest);
      condition.and(time + " >= ?", times.get(0));
      condition.add(" AND (");
      condition.add(time, "NOT IN", times);
      condition.add(" OR ");
      behind(condition, key.subList(1, key.size()), rest);
      condition.add(")");
    }
    if (until.isPresent()) {
      List<Object> times = form.spellings(Micros.of(until.get()));
      condition.and(time + " <= ?", times.get(times.size() - 1));
    }
    return condition;
  }

  /** {@code (a > ? OR a = ? AND (b > ? …))}; nulls stand where the engine sorts them. */
  private void behind(Condition condition, List<Column> key, List<Object> parts) {
    String name = names.column(key.get(0).name());
    boolean isNull = KeyCell.isNull(parts.get(0));
    condition.add("(");
    if (!isNull) {
      condition.add(name + " > ?");
      condition.value(parts.get(0));
      if (engine.nullsSortLast()) {
        condition.add(" OR %s IS NULL".formatted(name));
      }
    } else {
      condition.add(engine.nullsSortLast() ? "1 = 0" : name + " IS NOT NULL");
    }
    if (key.size() > 1) {
      condition.add(
          isNull ? " OR %s IS NULL AND ".formatted(name) : " OR %s = ? AND ".formatted(name));
      if (!isNull) {
        condition.value(parts.get(0));
      }
      behind(condition, key.subList(1, key.size()), parts.subList(1, parts.size()));
    }
    condition.add(")");
  }

  /**
   * Rows that no cursor leads to: those without a time, those that may be later than a position and
   * are sorted before it all the same, and those from before all trusted time, where a position is
   * beyond that: a machine whose clock was not set yet writes them whenever it starts.
   *
   * @return the stretches of the key in which they stand, none of which overlap
   */
  List<Condition> astray(Connection connection, Optional<Position> live) throws SQLException {
    String time = names.time();
    List<Condition> stretches = new ArrayList<>();
    Condition timeless = new Condition();
    timeless.add(time + " IS NULL");
    stretches.add(timeless);
    if (live.isPresent()) {
      for (TimeForm.Range range : passedOver(connection, live.get())) {
        Condition stretch = new Condition();
        stretch.and(time + " >= ?", range.from());
        stretch.and(time + " < ?", range.before());
        stretches.add(stretch);
      }
    }
    return stretches;
  }

  private List<TimeForm.Range> passedOver(Connection connection, Position live)
      throws SQLException {
    if (!(live.key().get(0) instanceof Instant time)) {
      return List.of();
    }
    TimeForm form = timeForm(connection);
    List<TimeForm.Range> ranges = new ArrayList<>();
    if (!time.isBefore(Rule.EARLIEST_TRUSTED)) {
      ranges.addAll(form.earlier(Micros.of(Rule.EARLIEST_TRUSTED)));
    }
    List<Object> spellings = form.spellings(Micros.of(time));
    Object standing =
        spelled(connection, spellings, live.key().subList(1, live.key().size()))
            .orElse(spellings.get(0));
    ranges.addAll(form.passedOver(standing, Micros.of(time)));
    return ranges;
  }

  /** Whether the row with that key is there. */
  boolean holds(Connection connection, Position key) throws SQLException {
    List<Object> parts = key.key();
    return spelled(
            connection,
            spellings(timeForm(connection), parts.get(0)),
            parts.subList(1, parts.size()))
        .isPresent();
  }

  /**
   * The one of several spellings that the cursor's own row has, so that what follows it is what
   * follows it in the index, however other rows write their times; all of them if it is gone.
   */
  private List<Object> standing(Connection connection, List<Object> times, List<Object> rest)
      throws SQLException {
    if (times.size() == 1) {
      return times;
    }
    return spelled(connection, times, rest).map(List::of).orElse(times);
  }

  /** How the row with one of these times and the rest of a key has its time, if it is there. */
  private Optional<Object> spelled(Connection connection, List<Object> times, List<Object> rest)
      throws SQLException {
    Condition condition = new Condition();
    condition.add(names.time(), "IN", times);
    for (int i = 0; i < rest.size(); i++) {
      String name = names.column(table.key().get(i + 1));
      if (KeyCell.isNull(rest.get(i))) {
        condition.add(" AND %s IS NULL".formatted(name));
      } else {
        condition.and(name + " = ?", rest.get(i));
      }
    }
    String sql =
        """
        SELECT MIN(%s)
        FROM %s
        WHERE %s
        """
            .formatted(names.time(), names.name(), condition.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      condition.bind(select);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.ofNullable(found.getObject(1)) : Optional.empty();
      }
    }
  }

  private TimeForm timeForm(Connection connection) throws SQLException {
    SourceTable actual = names.actual();
    return engine.timeForm(
        connection, actual.name(), actual.column(table.key().get(0)).orElseThrow());
  }

  private static List<Object> spellings(TimeForm form, Object time) {
    return time instanceof Instant instant ? form.spellings(Micros.of(instant)) : List.of(time);
  }
}
