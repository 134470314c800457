package org.tributary.store.rest;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.rest.RestTable;

/**
 * Which rows of a table, in which order: a question to the database as a value. It holds columns of
 * the table and values, never a piece of SQL.
 *
 * @param conditions all of them hold
 * @param orders the foremost first; the key decides where they leave it open
 */
public record TableQuery(RestTable table, List<Condition> conditions, List<Order> orders) {

  /** How a cell is compared with a value. */
  public enum Operator {
    EQUAL("="),
    AT_MOST("<="),
    LESS("<"),
    AT_LEAST(">="),
    MORE(">"),
    /** A text in which {@code *} stands for any characters. */
    LIKE("LIKE"),
    /** Has no value to compare with. */
    IS_NULL("IS NULL");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  /**
   * Texts are compared without regard to case.
   *
   * @param value as the column has it: Long, Double, Boolean, String or Instant; null for {@link
   *     Operator#IS_NULL} only
   */
  public record Condition(Column column, Operator operator, @Nullable Object value) {
    public Condition {
      requireNonNull(column);
      if ((value == null) != (operator == Operator.IS_NULL)) {
        throw new IllegalArgumentException(column.name() + " " + operator + " " + value);
      }
    }
  }

  /** Nulls come first where values ascend, and last where they descend. */
  public record Order(Column column, boolean descending) {}

  public TableQuery {
    requireNonNull(table);
    conditions = List.copyOf(conditions);
    orders = List.copyOf(orders);
  }

  /** Every row, in the order of the key. */
  public static TableQuery all(RestTable table) {
    return new TableQuery(table, List.of(), List.of());
  }

  /** The same rows, save those that this does not hold for. */
  public TableQuery and(Column column, Operator operator, @Nullable Object value) {
    List<Condition> more = new ArrayList<>(conditions);
    more.add(new Condition(column, operator, value));
    return new TableQuery(table, more, orders);
  }

  /**
   * Whether the order is that of the key, or its reverse: then a row's key says where it stands.
   */
  boolean isInKeyOrder() {
    List<Column> key = table.key();
    boolean descending = isDescending();
    for (int i = 0; i < Math.min(orders.size(), key.size()); i++) {
      Order order = orders.get(i);
      if (!order.column().equals(key.get(i)) || order.descending() != descending) {
        return false;
      }
    }
    return true;
  }

  /** Whether the foremost order descends. */
  boolean isDescending() {
    return !orders.isEmpty() && orders.get(0).descending();
  }
}
