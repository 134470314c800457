package org.tributary.edge;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.store.DigestSums;
import org.tributary.store.Page;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** A gateway's database as a list: rows are handed out in the order of their keys. */
final class InMemorySource implements Source {

  private record Row(
      Table table, Optional<Position> key, List<Object> cells, Optional<String> fault) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Unreadable> timeless = new ArrayList<>();
  private final Deque<LocalDatabaseException> failures = new ArrayDeque<>();
  private Runnable onPage = () -> {};
  private int pages;

  /** A reading of type 0 without a location. */
  void reading(Instant time, long node, double value) {
    reading(time, node, 0, value);
  }

  void reading(Instant time, long node, long type, double value) {
    put(Tables.READING, time, node, type, null, value);
  }

  /** A reading whose value is no number. */
  void unreadableReading(Instant time, long node) {
    rows.add(
        new Row(
            Tables.READING,
            Optional.of(Position.of(time, node, 0L)),
            Arrays.asList(time, node, 0L, null, "warm"),
            Optional.of("value is no number: \"warm\"")));
  }

  /** A reading whose time is null. */
  void timelessReading(long node, double value) {
    timeless.add(
        new Unreadable(
            "[null, %d, %s]".formatted(node, value),
            "{}",
            "time is null, and it is part of the key"));
  }

  void nodeState(Instant time, long node, long sequence) {
    put(Tables.NODE_STATE, time, node, 1L, 0L, sequence, -60L);
  }

  /** A row with its cells in the order in which they travel. */
  void put(Table table, Object... cells) {
    Optional<Position> key = table.isSeries() ? Optional.of(key(table, cells)) : Optional.empty();
    rows.add(new Row(table, key, Arrays.asList(cells), Optional.empty()));
  }

  void clear(Table table) {
    rows.removeIf(row -> row.table().equals(table));
  }

  /** Makes the next page of a series fail. */
  void failNextPage() {
    failures.add(new LocalDatabaseException("house.db is locked by another program"));
  }

  /** Does something before each page of a series. */
  void onPage(Runnable action) {
    onPage = action;
  }

  /** How many pages of series have been read. */
  int pages() {
    return pages;
  }

  @Override
  public Page readAfter(
      Table table, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws LocalDatabaseException {
    pages++;
    onPage.run();
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    List<Row> found =
        rows.stream()
            .filter(row -> row.table().equals(table))
            .filter(row -> cursor.isEmpty() || keyOf(row).isAfter(cursor.get()))
            .filter(row -> until.isEmpty() || !timeOf(row).isAfter(until.get()))
            .sorted(Comparator.comparing(InMemorySource::keyOf))
            .limit(maxRows)
            .toList();
    Optional<Position> last =
        found.stream()
            .filter(row -> row.fault().isEmpty())
            .map(InMemorySource::keyOf)
            .reduce((earlier, later) -> later);
    Optional<Position> end = found.isEmpty() ? last : found.get(found.size() - 1).key();
    return new Page(readable(table, found), unreadable(found), last, end, found.size() == maxRows);
  }

  @Override
  public Page readAstray(
      Table table, Optional<Position> live, Instant until, int offset, int maxRows) {
    List<Unreadable> found =
        table.equals(Tables.READING)
            ? timeless.stream().skip(offset).limit(maxRows).toList()
            : List.of();
    return new Page(
        readable(table, List.of()),
        found,
        Optional.empty(),
        Optional.empty(),
        found.size() == maxRows);
  }

  @Override
  public Instant settledAt(Instant present) {
    return present;
  }

  @Override
  public boolean holds(Table table, Position key) {
    return rows.stream().anyMatch(row -> row.table().equals(table) && keyOf(row).equals(key));
  }

  @Override
  public long count(Table table) {
    return rows.stream().filter(row -> row.table().equals(table)).count();
  }

  @Override
  public Optional<Instant> oldest(Table table, Instant from) {
    return rows.stream()
        .filter(row -> row.table().equals(table))
        .map(InMemorySource::timeOf)
        .filter(time -> !time.isBefore(from))
        .min(Comparator.naturalOrder());
  }

  @Override
  public Optional<Instant> newest(Table table, Instant until) {
    return rows.stream()
        .filter(row -> row.table().equals(table))
        .map(InMemorySource::timeOf)
        .filter(time -> !time.isAfter(until))
        .max(Comparator.naturalOrder());
  }

  @Override
  public boolean hasMore(Table table, Optional<Position> cursor, Instant until, int many) {
    return rows.stream()
            .filter(row -> row.table().equals(table))
            .filter(row -> cursor.isEmpty() || keyOf(row).isAfter(cursor.get()))
            .filter(row -> !timeOf(row).isAfter(until))
            .count()
        > many;
  }

  @Override
  public int columns(Table table) {
    return RowHash.allColumns(table);
  }

  @Override
  public Map<Window, Digest> digests(
      Table table,
      Window window,
      Grain grain,
      Optional<Position> upTo,
      Consumer<Unreadable> passedOver) {
    DigestSums sums = new DigestSums(new RowHash(table, columns(table)), grain, true);
    List<Row> found = within(table, window, upTo);
    sums.take(readable(table, found));
    unreadable(found).forEach(passedOver);
    return sums.within(window);
  }

  @Override
  public void readWindow(Table table, Window window, Optional<Position> upTo, Consumer<Rows> work) {
    work.accept(readable(table, within(table, window, upTo)));
  }

  private List<Row> within(Table table, Window window, Optional<Position> upTo) {
    return rows.stream()
        .filter(row -> row.table().equals(table))
        .filter(row -> !timeOf(row).isBefore(window.from()))
        .filter(row -> timeOf(row).isBefore(window.to()))
        .filter(row -> upTo.isEmpty() || !keyOf(row).isAfter(upTo.get()))
        .sorted(Comparator.comparing(InMemorySource::keyOf))
        .toList();
  }

  @Override
  public Page readAll(Table table) {
    List<Row> found = rows.stream().filter(row -> row.table().equals(table)).toList();
    return new Page(
        readable(table, found), unreadable(found), Optional.empty(), Optional.empty(), false);
  }

  private static Rows readable(Table table, List<Row> found) {
    Rows.Builder readable = new Rows.Builder(table, table.travelling(), found.size());
    found.stream()
        .filter(row -> row.fault().isEmpty())
        .forEach(row -> readable.row(row.cells().toArray()));
    return readable.build();
  }

  private static List<Unreadable> unreadable(List<Row> found) {
    return found.stream()
        .filter(row -> row.fault().isPresent())
        .map(row -> new Unreadable(keyOf(row).toString(), "{}", row.fault().get()))
        .toList();
  }

  private static Position key(Table table, Object[] cells) {
    Rows row = new Rows.Builder(table, table.travelling(), 1).row(cells).build();
    return row.keyAt(0);
  }

  private static Position keyOf(Row row) {
    return row.key().orElseThrow();
  }

  private static Instant timeOf(Row row) {
    return (Instant) keyOf(row).key().get(0);
  }
}
