package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.SqlTimes;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rule;

/**
 * Which of the rows set aside are meant: those that fit all that is given.
 *
 * @param table name of their table
 * @param from their earliest time; rows whose time is not known don't fit then
 * @param before the time that they all are earlier than, likewise
 */
public record SetAsideFilter(
    Optional<GatewayId> gateway,
    Optional<String> table,
    Optional<Rule> rule,
    Optional<Instant> from,
    Optional<Instant> before) {

  /** All of them. */
  public static final SetAsideFilter ALL =
      new SetAsideFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public SetAsideFilter {
    requireNonNull(gateway);
    requireNonNull(table);
    requireNonNull(rule);
    requireNonNull(from);
    requireNonNull(before);
  }

  /** Those of one gateway alone. */
  public SetAsideFilter of(GatewayId oneGateway) {
    return new SetAsideFilter(Optional.of(oneGateway), table, rule, from, before);
  }

  /** Its condition on a table {@code s} of rows and {@code g} of gateways. */
  String condition() {
    List<String> parts = new ArrayList<>();
    gateway.ifPresent(given -> parts.add("g.name = ?"));
    table.ifPresent(given -> parts.add("s.table_name = ?"));
    rule.ifPresent(given -> parts.add("s.rule = ?"));
    from.ifPresent(given -> parts.add("s.row_time >= ?"));
    before.ifPresent(given -> parts.add("s.row_time < ?"));
    return parts.isEmpty() ? "1 = 1" : String.join(" AND ", parts);
  }

  /** Binds its values; the index behind them. */
  int bind(PreparedStatement statement, int first, SqlTimes times) throws SQLException {
    int index = first;
    if (gateway.isPresent()) {
      statement.setString(index++, gateway.get().value());
    }
    if (table.isPresent()) {
      statement.setString(index++, table.get());
    }
    if (rule.isPresent()) {
      statement.setString(index++, rule.get().name());
    }
    if (from.isPresent()) {
      times.set(statement, index++, from.get());
    }
    if (before.isPresent()) {
      times.set(statement, index++, before.get());
    }
    return index;
  }
}
