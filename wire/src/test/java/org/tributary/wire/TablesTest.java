package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TablesTest {

  static final List<Table> TABLES = Tables.ALL;

  @ParameterizedTest
  @FieldSource("TABLES")
  void all_namesEveryTableThatIsReferredToBeforeTheTableThatRefers(Table table) {
    Set<String> earlier =
        TABLES.subList(0, TABLES.indexOf(table)).stream()
            .map(Table::name)
            .collect(Collectors.toSet());

    List<String> parents =
        table.columns().stream().flatMap(column -> column.references().stream()).toList();

    assertThat(earlier).containsAll(parents);
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void key_andMeaning_areColumnsOfTheTable(Table table) {
    List<String> columns = table.columns().stream().map(Column::name).toList();

    assertThat(columns).doesNotHaveDuplicates().containsAll(table.key());
    assertThat(columns).containsAll(table.meaning());
    assertThat(table.keyColumns()).extracting(Column::name).isEqualTo(table.key());
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void key_isWhatTheIdentitySays(Table table) {
    switch (table.identity()) {
      case GLOBAL_ID -> assertThat(table.key()).containsExactly(Table.ID);
      case NATURAL_KEY -> assertThat(table.column(Table.ID)).isEmpty();
      case SERIES ->
          assertThat(table.keyColumns().get(0).type())
              .as("the first part of a series' key")
              .isEqualTo(ColumnType.TIME);
    }
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void travelling_beginsWithTheIdWhereThereIsOne(Table table) {
    List<String> travelling = table.travelling().stream().map(Column::name).toList();

    assertThat(travelling).doesNotHaveDuplicates();
    assertThat(travelling.get(0).equals(Table.ID)).isEqualTo(table.hasId());
    assertThat(travelling).containsAll(table.columns().stream().map(Column::name).toList());
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void references_areIntegersToTablesWithAnId(Table table) {
    for (Column column : table.columns()) {
      column
          .references()
          .ifPresent(
              parent -> {
                assertThat(column.type()).as(column.name()).isEqualTo(ColumnType.INTEGER);
                assertThat(Tables.named(parent)).get().matches(Table::hasId, "has an id");
              });
    }
  }

  @Test
  void all_holdsEachNameOnce() {
    assertThat(TABLES).hasSize(11).extracting(Table::name).doesNotHaveDuplicates();
  }

  @Test
  void named_findsATableByTheDatabasesSpellingOnly() {
    assertThat(Tables.named("Reading")).contains(Tables.READING);
    assertThat(Tables.named("reading")).isEmpty();
    assertThat(Tables.named("")).isEmpty();
  }

  @Test
  void require_ofAnUnknownColumn_namesTableAndColumn() {
    assertThatThrownBy(() -> Tables.READING.require("colour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Reading has no column colour");
  }
}
