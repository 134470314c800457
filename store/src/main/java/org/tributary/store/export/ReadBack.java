package org.tributary.store.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tributary.wire.Digest;
import org.tributary.wire.Micros;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/**
 * What a file of readings holds, found out by reading it once, without any database. Immutable.
 *
 * @param file what it is to the byte
 * @param days the digest of each node's day, as central and gateways reckon it
 * @param faults lines that are no readings or call something by a wrong name; the first of them
 * @param faulty how many there are in all
 */
public record ReadBack(
    ExportedFile file, SortedMap<NodeOnDay, Digest> days, List<Fault> faults, long faulty) {

  private static final int ROWS_AT_ONCE = 512;
  private static final int MOST_FAULTS = 20;

  public ReadBack {
    requireNonNull(file);
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
    faults = List.copyOf(faults);
  }

  /**
   * What is wrong with a line.
   *
   * @param line counted from 1
   */
  public record Fault(long line, String sentence) {
    public Fault {
      requireNonNull(sentence);
    }
  }

  /**
   * Reads a file.
   *
   * @param names what things are to be called in it
   * @throws org.tributary.wire.WireFormatException if it is no file of readings at all
   */
  public static ReadBack of(InputStream in, Names names) throws IOException {
    HashedInput hashed = new HashedInput(in);
    Collected collected = new Collected();
    try (ReadingCsv.Reader csv = new ReadingCsv.Reader(hashed)) {
      LineReading reading = new LineReading(names);
      for (ReadingCsv.Line line = csv.next(); line != null; line = csv.next()) {
        try {
          reading.read(line, collected.rows);
          collected.endRow();
        } catch (LineReading.BadLineException e) {
          collected.rows.abandonRow();
          collected.fault(line.number(), String.valueOf(e.getMessage()));
        }
      }
      collected.hash();
      return new ReadBack(
          new ExportedFile(collected.count, hashed.count(), hashed.sha256()),
          collected.days,
          collected.faults,
          collected.faulty);
    }
  }

  /** Adds up what has been read. Not thread-safe. */
  private static final class Collected {
    private final RowHash hash = new RowHash(Tables.READING, RowHash.allColumns(Tables.READING));
    private final SortedMap<NodeOnDay, Digest> days = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private Rows.Builder rows = fresh();
    private long count;
    private long faulty;

    private static Rows.Builder fresh() {
      return new Rows.Builder(Tables.READING, Tables.READING.columns(), ROWS_AT_ONCE);
    }

    void endRow() {
      rows.endRow();
      count++;
      if (rows.size() == ROWS_AT_ONCE) {
        hash();
      }
    }

    void fault(long line, String sentence) {
      faulty++;
      if (faults.size() < MOST_FAULTS) {
        faults.add(new Fault(line, sentence));
      }
    }

    void hash() {
      Rows some = rows.build();
      rows = fresh();
      int time = some.indexOf("time");
      int node = some.indexOf("nodeId");
      for (int row = 0; row < some.size(); row++) {
        LocalDate day =
            Micros.toInstant(some.longAt(time, row)).atOffset(ZoneOffset.UTC).toLocalDate();
        days.merge(
            new NodeOnDay(day, some.longAt(node, row)),
            new Digest(1, hash.of(some, row)),
            Digest::plus);
      }
    }
  }
}
