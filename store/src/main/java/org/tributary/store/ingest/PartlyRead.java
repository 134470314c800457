package org.tributary.store.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.WireFormatException;

/**
 * What can be read of a row that can't be read as a whole.
 *
 * @param content the row as JSON; cells that can't be read are texts
 */
record PartlyRead(Table table, String content) {

  /** How a row that its gateway can't read is set aside. */
  static Apart apart(Table table, Unreadable row) {
    return new Apart(
        table,
        row.key(),
        Rule.UNREADABLE,
        row.reason(),
        row.row(),
        new PartlyRead(table, row.row()).time());
  }

  /** The time of a row of a series, if that can be read and central's database can hold it. */
  Optional<Instant> time() {
    return table.isSeries()
        ? cell(table.keyColumns().get(0), Instant.class).filter(Micros::hasFourDigitYear)
        : Optional.empty();
  }

  /** The node of a row of a series, by the gateway's id, if that can be read. */
  OptionalLong node() {
    return keyCell("nodeId");
  }

  /** What a reading measures, by the gateway's id, if that can be read. */
  OptionalLong type() {
    return keyCell("type");
  }

  private OptionalLong keyCell(String name) {
    return table.keyColumns().stream()
        .filter(column -> table.isSeries() && column.name().equals(name))
        .flatMap(column -> cell(column, Long.class).stream())
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private <T> Optional<T> cell(Column column, Class<T> type) {
    Rows.Builder builder = new Rows.Builder(table, List.of(column), 1);
    try {
      SyncJson.readRow(content, builder, List.of(column));
    } catch (WireFormatException e) {
      return Optional.empty(); // that is the cell, or one of those, that can't be read
    }
    return Optional.ofNullable(builder.build().value(column.name(), 0))
        .filter(type::isInstance)
        .map(type::cast);
  }
}
