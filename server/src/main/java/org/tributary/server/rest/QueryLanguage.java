package org.tributary.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tributary.server.http.Request.Parameter;
import org.tributary.store.rest.TableQuery;
import org.tributary.store.rest.TableQuery.Condition;
import org.tributary.store.rest.TableQuery.Operator;
import org.tributary.store.rest.TableQuery.Order;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestTable;

/**
 * The parameters of a request as a question to a table: {@code column=value}, {@code
 * column=ge_value} and {@code sort(+a,-b)}. What is none of these is refused by name, so that
 * nothing a client asked for is passed over in silence.
 */
final class QueryLanguage {

  /** The parameter that says how the answer is wrapped; see {@link Callback}. */
  static final String CALLBACK = "callback";

  private static final int MAX_PARAMETERS = 100;
  private static final Pattern SORT = Pattern.compile("sort\\((.*)\\)", Pattern.DOTALL);
  private static final String ANYTHING = "*";
  private static final String NOTHING = "None";

  private final RestTable table;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();

  private QueryLanguage(RestTable table) {
    this.table = table;
  }

  /**
   * Reads parameters, whatever their order.
   *
   * @param id as the path has it, if it has one
   * @throws BadFieldException if one of them is not understood
   */
  static TableQuery read(RestTable table, Optional<String> id, List<Parameter> parameters)
      throws BadFieldException {
    QueryLanguage read = new QueryLanguage(table);
    if (id.isPresent()) {
      read.id(id.get());
    }
    if (parameters.size() > MAX_PARAMETERS) {
      throw new BadFieldException(
          parameters.get(MAX_PARAMETERS).name(),
          "A request may have %d parameters at most".formatted(MAX_PARAMETERS));
    }
    for (Parameter parameter : parameters) {
      read.parameter(parameter);
    }
    return new TableQuery(table, read.conditions, read.orders);
  }

  private void id(String id) throws BadFieldException {
    if (!table.hasId()) {
      throw new BadFieldException(
          "id",
          "A row of %s has no id; ask for it by %s".formatted(table, names(table.key(), " and ")));
    }
    Column column = table.key().get(0);
    conditions.add(new Condition(column, Operator.EQUAL, value(column, id)));
  }

  private void parameter(Parameter parameter) throws BadFieldException {
    Matcher sort = SORT.matcher(parameter.name());
    if (sort.matches()) {
      for (String item : sort.group(1).split(",", -1)) {
        order(parameter.name(), item);
      }
    } else if (!parameter.name().equals(CALLBACK)) {
      condition(column(parameter.name(), parameter.name()), parameter.value());
    }
  }

  private void order(String parameter, String item) throws BadFieldException {
    boolean descending = item.startsWith("-");
    // A plus that was not encoded arrives as a blank.
    boolean isSigned = descending || item.startsWith("+") || item.startsWith(" ");
    Column column = column(parameter, isSigned ? item.substring(1) : item);
    boolean isNew = orders.stream().noneMatch(order -> order.column().equals(column));
    if (isNew) { // by then nothing is left open that it could decide
      orders.add(new Order(column, descending));
    }
  }

  private void condition(Column column, String value) throws BadFieldException {
    if (value.equals(ANYTHING)) {
      return;
    }
    if (value.equals(NOTHING)) {
      conditions.add(new Condition(column, Operator.IS_NULL, null));
      return;
    }
    Operator operator = operator(value);
    if (operator != Operator.EQUAL) {
      conditions.add(new Condition(column, operator, value(column, value.substring(3))));
      return;
    }
    boolean isPattern = value.contains("*");
    if (isPattern && column.type() != ColumnType.TEXT) {
      throw new BadFieldException(
          column.name(),
          "%s is no text, so a * can stand for all of it only; ge_ and lt_ bound it"
              .formatted(column.name()));
    }
    conditions.add(
        new Condition(column, isPattern ? Operator.LIKE : Operator.EQUAL, value(column, value)));
  }

  /** By the prefix; anything else before an underscore is a part of the value. */
  private static Operator operator(String value) {
    return switch (value.length() < 3 ? "" : value.substring(0, 3)) {
      case "le_" -> Operator.AT_MOST;
      case "lt_" -> Operator.LESS;
      case "ge_" -> Operator.AT_LEAST;
      case "gt_" -> Operator.MORE;
      default -> Operator.EQUAL;
    };
  }

  private static Object value(Column column, String text) throws BadFieldException {
    Object value = RestCells.cell(column, text);
    if (value == null) {
      throw new BadFieldException(column.name(), column.name() + " has no value");
    }
    return value;
  }

  private Column column(String parameter, String name) throws BadFieldException {
    return table
        .column(name)
        .orElseThrow(
            () ->
                new BadFieldException(
                    parameter,
                    "%s has no column \"%s\"; it has %s"
                        .formatted(table, shown(name), names(table.columns(), ", "))));
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static String names(List<Column> columns, String separator) {
    return columns.stream().map(Column::name).collect(Collectors.joining(separator));
  }
}
