package org.tributary.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.server.http.Request.Parameter;
import org.tributary.store.rest.TableQuery;
import org.tributary.store.rest.TableQuery.Condition;
import org.tributary.store.rest.TableQuery.Operator;
import org.tributary.store.rest.TableQuery.Order;
import org.tributary.wire.Column;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

class QueryLanguageTest {

  @ParameterizedTest
  @CsvSource({
    "Flat_2, EQUAL, Flat_2",
    "ws_temp_out, EQUAL, ws_temp_out",
    "le_Flat_2, AT_MOST, Flat_2",
    "lt_2, LESS, 2",
    "ge_2, AT_LEAST, 2",
    "gt_2, MORE, 2",
    "gt_le_2, MORE, le_2",
    "LE_2, EQUAL, LE_2",
    "eq_2, EQUAL, eq_2",
    "Liv*, LIKE, Liv*",
    "**, LIKE, **",
    "ge_a*, AT_LEAST, a*",
    "none, EQUAL, none",
    "ge_None, AT_LEAST, None",
    "'', EQUAL, ''",
    "ge, EQUAL, ge",
  })
  void read_ofAText_stripsOnlyThePrefixOfAComparison(String value, Operator operator, String text)
      throws Exception {
    assertThat(read(RestTables.HOUSE, "address", value).conditions())
        .containsExactly(new Condition(column("address"), operator, text));
  }

  @Test
  void read_honoursEveryParameterWhateverTheirOrder() throws Exception {
    TableQuery query =
        read(
            RestTables.HOUSE,
            "sort(-address,+id, deploymentId,address)",
            "",
            "address",
            "*",
            "callback",
            "anything",
            "id",
            "ge_4",
            "startDate",
            "None",
            "id",
            "le_6");

    assertThat(query.conditions())
        .containsExactly(
            new Condition(column("id"), Operator.AT_LEAST, 4L),
            new Condition(column("startDate"), Operator.IS_NULL, null),
            new Condition(column("id"), Operator.AT_MOST, 6L));
    assertThat(query.orders())
        .containsExactly(
            new Order(column("address"), true),
            new Order(column("id"), false),
            new Order(column("deploymentId"), false));
  }

  @Test
  void read_ofADate_takesItsMidnight() throws Exception {
    assertThat(read(RestTables.HOUSE, "startDate", "lt_1 Aug 2015").conditions())
        .containsExactly(
            new Condition(
                column("startDate"), Operator.LESS, Instant.parse("2015-08-01T00:00:00Z")));
  }

  @Test
  void read_ofTooManyParameters_isRefused() {
    String[] many = Collections.nCopies(202, "id").toArray(String[]::new);
    assertThatThrownBy(() -> read(RestTables.HOUSE, many))
        .isInstanceOf(BadFieldException.class)
        .hasMessageContaining("100");
  }

  @ParameterizedTest
  @CsvSource({
    "items=0-5, 10, items 0-5/10",
    "0-5, 3, items 0-3/3",
    "a=b=2-4, 3, items 2-3/3",
    "items=7-9, 3, items 7-7/3",
    "items=5-3, 10, items 5-5/10",
  })
  void range_isHalfOpen(String header, long total, String answered) {
    assertThat(ItemRange.read(header).map(range -> range.answered(total))).contains(answered);
  }

  @ParameterizedTest
  @CsvSource({"items=0-", "items=-5", "item=0:5", "'0-5,6-7'", "a-b", "''", "items=0-5x"})
  void range_thatIsNotUnderstood_isNone(String header) {
    assertThat(ItemRange.read(header)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"abc", "$.x[0]", "_a1", "dojo.io.script.jsonp_1"})
  void callback_mayBeTheNameOfAFunction(String name) throws Exception {
    assertThat(Callback.read(parameters("callback", name))).contains(new Callback(name));
  }

  @ParameterizedTest
  @CsvSource({"''", "ab", "1ab", "ab.", "ab(", "ab;", "a-bc", "äbc", "'abc\n'", "abc<"})
  void callback_thatCouldBeMore_isRefused(String name) {
    assertThatThrownBy(() -> Callback.read(parameters("callback", name)))
        .isInstanceOf(BadFieldException.class);
  }

  private static TableQuery read(RestTable table, String... namesAndValues) throws Exception {
    return QueryLanguage.read(table, Optional.empty(), parameters(namesAndValues));
  }

  private static List<Parameter> parameters(String... namesAndValues) {
    return Stream.iterate(0, i -> i < namesAndValues.length, i -> i + 2)
        .map(i -> new Parameter(namesAndValues[i], namesAndValues[i + 1]))
        .toList();
  }

  private static Column column(String name) {
    return RestTables.HOUSE.column(name).orElseThrow();
  }
}
