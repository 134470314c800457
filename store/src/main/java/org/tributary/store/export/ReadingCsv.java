package org.tributary.store.export;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tributary.store.RowWork;
import org.tributary.store.export.Names.SensorName;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.WireFormatException;

/**
 * Readings as comma-separated values: written one by one as they come, and read again. The same
 * readings and names give the same bytes, always. Besides the seeding of databases the only class
 * that knows the CSV library.
 */
final class ReadingCsv {

  private ReadingCsv() {}

  /** Writes readings as they come. Not thread-safe. */
  static final class Writer implements RowWork, AutoCloseable {
    private final HashedOutput bytes;
    private final CsvWriter csv;
    private final Names names;
    private final SortedSet<Long> types = new TreeSet<>();
    private long rows;

    /** Begins with the line of the columns' names. */
    Writer(OutputStream out, Names names) {
      this.bytes = new HashedOutput(out);
      this.csv =
          CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(bytes, StandardCharsets.UTF_8);
      this.names = names;
      csv.writeRecord(ReadingColumn.titles());
    }

    /**
     * @throws UncheckedIOException if the file can't be written
     */
    @Override
    public void take(Rows some) {
      int time = some.indexOf("time");
      int node = some.indexOf("nodeId");
      int type = some.indexOf("type");
      int place = some.indexOf("locationId");
      int value = some.indexOf("value");
      for (int row = 0; row < some.size(); row++) {
        long measured = some.longAt(type, row);
        boolean placed = !some.isNull(place, row);
        SensorName sensor = names.sensor(measured);
        csv.writeRecord(
            Micros.spell(some.longAt(time, row), 'T') + 'Z',
            Long.toString(some.longAt(node, row)),
            Long.toString(measured),
            placed ? Long.toString(some.longAt(place, row)) : "",
            some.isNull(value, row) ? "" : ExactDecimal.of(some.realAt(value, row)),
            placed ? names.room(some.longAt(place, row)) : "",
            sensor.name(),
            sensor.unit());
        types.add(measured);
        rows++;
      }
    }

    /** What was measured in the readings so far. */
    SortedSet<Long> types() {
      return types;
    }

    /** What the file is, once this is closed. */
    ExportedFile written() {
      return new ExportedFile(rows, bytes.count(), bytes.sha256());
    }

    /** Ends the file, and closes the stream. */
    @Override
    public void close() throws IOException {
      csv.close();
    }
  }

  /** Reads lines one by one. Not thread-safe. */
  static final class Reader implements AutoCloseable {
    private final CsvReader<CsvRecord> csv;
    private final CloseableIterator<CsvRecord> lines;

    /**
     * @throws WireFormatException if the first line is not that of such a file
     */
    Reader(InputStream in) throws IOException {
      this.csv =
          CsvReader.builder()
              .detectBomHeader(true) // spreadsheets write one
              .extraFieldStrategy(
                  FieldMismatchStrategy.IGNORE) // such a line is told, and does not end the reading
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(in, StandardCharsets.UTF_8);
      this.lines = csv.iterator();
      Line titles = next();
      if (titles == null || !titles.cells().equals(ReadingColumn.titles())) {
        csv.close();
        throw new WireFormatException(
            "It is no file that tributary export wrote: its first line should be "
                + String.join(",", ReadingColumn.titles()));
      }
    }

    /** The next line; null at the end. */
    @Nullable Line next() throws IOException {
      try {
        if (!lines.hasNext()) {
          return null;
        }
        CsvRecord line = lines.next();
        return new Line(line.getStartingLineNumber(), line.getFields());
      } catch (CsvParseException e) {
        throw new WireFormatException("It is no CSV: " + e.getMessage(), e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }

  /**
   * One line of a file.
   *
   * @param number where it begins, counted from 1
   */
  record Line(long number, List<String> cells) {
    Line {
      cells = List.copyOf(cells);
    }

    /** Its cell of that column; there must be as many cells as columns. */
    String cell(ReadingColumn column) {
      return cells.get(column.place());
    }
  }
}
