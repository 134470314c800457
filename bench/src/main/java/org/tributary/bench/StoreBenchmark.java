package org.tributary.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/**
 * Stores real batches in SQLite; a score is rows a microsecond of one thread, that is millions a
 * second. Run it by {@code bench/store.sh}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(StoreBenchmark.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class StoreBenchmark {

  static final int ROWS = 9_996; // whole samples of six readings
  private static final long YEAR = 366L * 86_400_000_000L;

  private @Nullable Path folder;
  private @Nullable Database database;
  private List<Rows> batches = List.of();
  private int next;
  private long years;

  /** Reads the real readings, and stores those of the first batch. */
  @Setup
  public void open() throws IOException {
    Path fresh = Files.createTempDirectory("tributary-bench-");
    Database opened =
        Database.open(DatabaseUrl.parse("sqlite:///central.db", fresh), Access.DURABLE);
    Schema.upgrade(opened);
    opened.write(
        connection -> {
          GatewayDatabase.writeHouse(connection, opened);
          return true;
        });
    folder = fresh;
    database = opened;
    batches =
        RealBatches.readings(RealReadings.all(Path.of("data")), ROWS).stream()
            .map(batch -> moved(batch.rows(), 0))
            .toList();
    upsert(batches.get(0));
  }

  /** Deletes what it has stored. */
  @TearDown
  public void close() throws IOException {
    requireNonNull(database).close();
    Programs.delete(requireNonNull(folder));
  }

  /** Stores a batch that is new. */
  @Benchmark
  public Stored upsertNew() throws IOException {
    next = (next + 1) % batches.size();
    if (next == 0) {
      years++;
    }
    return upsert(moved(batches.get(next), (1 + years) * YEAR));
  }

  /** Stores a batch that is there already. */
  @Benchmark
  public Stored upsertKnown() throws IOException {
    return upsert(batches.get(0));
  }

  private Stored upsert(Rows rows) throws IOException {
    Database open = requireNonNull(database);
    return open.write(
        connection -> new TableWriter(open.engine(), Tables.READING).upsert(connection, rows));
  }

  /** The rows at another time, in the house that there is. */
  private static Rows moved(Rows rows, long micros) {
    Rows.Builder moved = new Rows.Builder(rows.table(), rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      moved.addLong(0, rows.longAt(0, row) + micros);
      moved.addLong(1, rows.longAt(1, row));
      moved.addLong(2, rows.longAt(2, row));
      moved.addLong(3, 1);
      moved.addReal(4, rows.realAt(4, row));
      moved.endRow();
    }
    return moved.build();
  }
}
