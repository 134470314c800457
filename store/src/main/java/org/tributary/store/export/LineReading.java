package org.tributary.store.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.tributary.store.export.Names.SensorName;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/** Makes a reading of a line, and compares what things are called in it. Immutable. */
record LineReading(Names names) {

  private static final int TIME = at("time");
  private static final int NODE = at("nodeId");
  private static final int TYPE = at("type");
  private static final int LOCATION = at("locationId");
  private static final int VALUE = at("value");

  /** A line is no reading, or calls something by a wrong name; a sentence that says so. */
  static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String sentence) {
      super(sentence);
    }
  }

  /**
   * Adds the cells of a row, without ending it.
   *
   * @param rows with all columns of a reading; after a failure some cells may have been added
   */
  void read(ReadingCsv.Line line, Rows.Builder rows) throws BadLineException {
    int wanted = ReadingColumn.values().length;
    if (line.cells().size() != wanted) {
      throw new BadLineException(
          "has %d cells instead of %d".formatted(line.cells().size(), wanted));
    }
    long type = whole(line, ReadingColumn.TYPE);
    String location = line.cell(ReadingColumn.LOCATION);
    rows.addLong(TIME, time(line));
    rows.addLong(NODE, whole(line, ReadingColumn.NODE));
    rows.addLong(TYPE, type);
    if (location.isEmpty()) {
      rows.addNull(LOCATION);
      expect(line, ReadingColumn.ROOM, "");
    } else {
      long place = whole(line, ReadingColumn.LOCATION);
      rows.addLong(LOCATION, place);
      expect(line, ReadingColumn.ROOM, names.room(place));
    }
    if (line.cell(ReadingColumn.VALUE).isEmpty()) {
      rows.addNull(VALUE);
    } else {
      rows.addReal(VALUE, real(line));
    }
    SensorName sensor = names.sensor(type);
    expect(line, ReadingColumn.SENSOR, sensor.name());
    expect(line, ReadingColumn.UNIT, sensor.unit());
  }

  private static long time(ReadingCsv.Line line) throws BadLineException {
    String text = line.cell(ReadingColumn.TIME);
    try {
      Instant time = Instant.parse(text);
      if (Micros.hasFourDigitYear(time) && time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
        return Micros.of(time);
      }
    } catch (DateTimeException e) {
      throw wrong(ReadingColumn.TIME, text, "a time such as 2026-11-01T12:00:00.000000Z");
    }
    throw wrong(ReadingColumn.TIME, text, "a time to the microsecond");
  }

  private static long whole(ReadingCsv.Line line, ReadingColumn column) throws BadLineException {
    String text = line.cell(column);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong(column, text, "a whole number");
    }
  }

  private static double real(ReadingCsv.Line line) throws BadLineException {
    String text = line.cell(ReadingColumn.VALUE);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(ReadingColumn.VALUE, text, "a number");
    }
  }

  private static void expect(ReadingCsv.Line line, ReadingColumn column, String expected)
      throws BadLineException {
    String text = line.cell(column);
    if (!text.equals(expected)) {
      throw wrong(column, text, '"' + expected + '"');
    }
  }

  private static BadLineException wrong(ReadingColumn column, String text, String expected) {
    return new BadLineException(
        "%s is \"%s\" instead of %s".formatted(column.title(), text, expected));
  }

  private static int at(String column) {
    return Tables.READING.columns().stream().map(Column::name).toList().indexOf(column);
  }
}
