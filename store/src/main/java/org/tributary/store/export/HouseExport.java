package org.tributary.store.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.report.Span;

/**
 * Writes a house's readings of a stretch of time, and finds out what is missing in them, in one go
 * through the database. A day of readings is in memory at most. Thread-safe.
 */
public final class HouseExport {

  private final Database database;
  private final Completeness completeness;

  public HouseExport(Database database, Clock clock) {
    this.database = database;
    this.completeness = new Completeness(database, clock);
  }

  /**
   * What was written, and how complete it is.
   *
   * @param names of the house's rooms, and of what was measured
   */
  public record Exported(ExportedFile file, Names names, HouseCompleteness completeness) {
    public Exported {
      requireNonNull(file);
      requireNonNull(names);
      requireNonNull(completeness);
    }
  }

  /**
   * Writes the readings as CSV, by time, node and type.
   *
   * @param out closed at the end
   * @return empty if there is no such house any more
   * @throws IOException if the database can't be read ({@link org.tributary.store.StoreException})
   *     or the stream not be written; what was written then is worth nothing
   */
  public Optional<Exported> write(House house, Span span, OutputStream out) throws IOException {
    Names names = Names.of(database, house.id());
    ReadingCsv.Writer csv = new ReadingCsv.Writer(out, names);
    Optional<HouseCompleteness> found;
    try (csv) {
      found = completeness.of(house.id(), span, csv);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found.map(each -> new Exported(csv.written(), names.ofTypes(csv.types()), each));
  }

  /** What such a file would be, to the byte, without writing it anywhere. */
  public Optional<Exported> measure(House house, Span span) throws IOException {
    return write(house, span, OutputStream.nullOutputStream());
  }
}
