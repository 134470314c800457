package org.tributary.edge;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Welcome;

/**
 * A central that keeps rows in memory, each once, and does on request what centrals and networks do
 * on bad days. Thread-safe.
 */
final class FakeCentral implements Transport {

  static final Duration TOLERANCE = Duration.ofHours(1);
  private static final long PATIENCE_SECONDS = 20;

  private final Clock clock;
  private final Map<Table, Map<String, Map<String, Object>>> rows = new HashMap<>();
  private final Map<Lane, Map<Table, Position>> positions = new EnumMap<>(Lane.class);
  private final Map<Lane, Map<Position, Position>> ahead = new EnumMap<>(Lane.class);
  private final Map<String, SetAside> apart = new LinkedHashMap<>();
  private final List<Batch> batches = new ArrayList<>();
  private final Set<Table> refused = new HashSet<>();
  private final Set<String> bad = new HashSet<>();
  private Optional<IOException> unreachable = Optional.empty();
  private int answersToLose;
  private int requestsToLose;
  private int maxRows = 1_000;
  private int largest = Integer.MAX_VALUE;
  private int miscount;
  private boolean standsStill;
  private boolean defect;
  private Optional<CountDownLatch> overtaken = Optional.empty();
  private final CountDownLatch firstIsHere = new CountDownLatch(1);
  private int inFlight;
  private int mostInFlight;
  private int greetings;
  private int statusRequests;

  FakeCentral(Clock clock) {
    this.clock = clock;
    for (Lane lane : Lane.values()) {
      positions.put(lane, new HashMap<>());
      ahead.put(lane, new HashMap<>());
    }
  }

  // What may go wrong.

  /** Stores the next batch and then says nothing. */
  synchronized void loseNextAnswer() {
    answersToLose++;
  }

  /** Never sees the next batch. */
  synchronized void loseNextRequest() {
    requestsToLose++;
  }

  synchronized void refuse(Table table) {
    refused.add(table);
  }

  synchronized void acceptAgain(Table table) {
    refused.remove(table);
  }

  /** Can't store the row with that key. */
  synchronized void cannotStore(Object... key) {
    bad.add(Position.of(key).toString());
  }

  /** Can't store the row of a table that travels whole. */
  synchronized void cannotStoreId(long id) {
    bad.add("id " + id);
  }

  synchronized void canStoreAll() {
    bad.clear();
  }

  /** Takes rows, but its positions never move. */
  synchronized void standStill() {
    standsStill = true;
  }

  /** Accounts for so many rows too many, or too few. */
  synchronized void miscountBy(int rowsTooMany) {
    miscount = rowsTooMany;
  }

  /** Says 413 to batches with more rows. */
  synchronized void tooLargeAbove(int rowsAtOnce) {
    largest = rowsAtOnce;
  }

  synchronized void takeAtMost(int rowsPerBatch) {
    maxRows = rowsPerBatch;
  }

  /** Nothing answers at all, until {@link #answer}. */
  synchronized void fallSilent(IOException failure) {
    unreachable = Optional.of(failure);
  }

  synchronized void answer() {
    unreachable = Optional.empty();
  }

  /** The transport itself breaks, as only a defect of ours makes it. */
  synchronized void breakTransport() {
    defect = true;
  }

  /** A series' very first batch is not stored before the one that follows it. */
  synchronized void letTheFirstBatchBeOvertaken() {
    overtaken = Optional.of(new CountDownLatch(1));
  }

  // What can be observed.

  /** The values of one column, in the order of the keys. */
  synchronized List<Object> column(Table table, String column) {
    return table(table).values().stream().map(row -> row.get(column)).toList();
  }

  synchronized int count(Table table) {
    return table(table).size();
  }

  /** Sizes of the batches that arrived, refused ones as well. */
  synchronized List<Integer> batchSizes(Table table) {
    return batches(table).stream().map(Batch::size).toList();
  }

  synchronized List<Batch> batches(Table table) {
    return batches.stream().filter(batch -> batch.table().equals(table)).toList();
  }

  synchronized Set<Table> tablesThatArrived() {
    Set<Table> tables = new HashSet<>();
    batches.forEach(batch -> tables.add(batch.table()));
    return tables;
  }

  synchronized Optional<Position> position(Table table, Lane lane) {
    return Optional.ofNullable(positions.get(lane).get(table));
  }

  @Override
  public synchronized List<SetAside> setAside() {
    return List.copyOf(apart.values());
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }

  synchronized int greetings() {
    return greetings;
  }

  synchronized int statusRequests() {
    return statusRequests;
  }

  /** Forgets what arrived, but not what was stored. */
  synchronized void forgetBatches() {
    batches.clear();
  }

  // What a central does.

  @Override
  public synchronized Welcome greet(Greeting greeting) throws IOException {
    greetings++;
    failIfUnreachable();
    return new Welcome(
        "fake",
        SyncApi.PROTOCOL,
        clock.instant(),
        maxRows,
        1 << 20,
        trustedUntil(),
        byName(positions.get(Lane.LIVE)),
        byName(positions.get(Lane.UNTRUSTED)),
        apart.size());
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    arrive(batch);
    try {
      waitToBeOvertaken(batch);
      Ack ack = take(batch);
      announce(batch);
      return ack;
    } finally {
      leave();
    }
  }

  @Override
  public synchronized Optional<GatewayStatus> status() throws IOException {
    statusRequests++;
    failIfUnreachable();
    return Optional.of(
        new GatewayStatus(
            new GatewayId("fake"),
            "host",
            "fake",
            clock.instant(),
            clock.instant(),
            0,
            trustedUntil(),
            List.of(
                new GatewayStatus.TableStatus(
                    "Reading", Optional.empty(), Optional.empty(), apart.size()))));
  }

  private synchronized void arrive(Batch batch) {
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    batches.add(batch);
  }

  private synchronized void leave() {
    inFlight--;
  }

  private void waitToBeOvertaken(Batch batch) throws InterruptedIOException {
    Optional<CountDownLatch> wait = overtaken();
    if (wait.isEmpty() || !batch.table().isSeries()) {
      return;
    }
    try {
      // The second may be quicker to start; to be overtaken, the first has to be on its way.
      CountDownLatch other = isFirst(batch) ? wait.get() : firstIsHere;
      if (isFirst(batch)) {
        firstIsHere.countDown();
      }
      if (!other.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("No other batch came while this one was on its way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted");
    }
  }

  private void announce(Batch batch) {
    if (!isFirst(batch)) {
      overtaken().ifPresent(CountDownLatch::countDown);
    }
  }

  private synchronized Optional<CountDownLatch> overtaken() {
    return overtaken;
  }

  private static boolean isFirst(Batch batch) {
    return batch.after().isEmpty() || !batch.table().isSeries();
  }

  private synchronized Ack take(Batch batch) throws IOException, RefusedException {
    failIfUnreachable();
    if (defect) {
      throw new IllegalStateException("A defect of ours");
    }
    if (requestsToLose > 0) {
      requestsToLose--;
      throw new IOException("connection reset");
    }
    if (refused.contains(batch.table())) {
      throw new RefusedException("no " + batch.table() + " today");
    }
    if (batch.size() > largest) {
      throw new BatchTooLargeException("413");
    }
    Ack ack = store(batch);
    if (answersToLose > 0) {
      answersToLose--;
      throw new IOException("connection reset");
    }
    return ack;
  }

  private Ack store(Batch batch) {
    int before = table(batch.table()).size();
    int unchanged = 0;
    List<SetAside> aside = new ArrayList<>();
    for (int row = 0; row < batch.rows().size(); row++) {
      String key = keyOf(batch.rows(), row);
      Optional<Rule> fault = fault(batch, row, key);
      if (fault.isPresent()) {
        aside.add(new SetAside(batch.table().name(), key, fault.get(), fault.get().words()));
      } else if (table(batch.table()).put(key, batch.rows().row(row)) != null) {
        unchanged++;
      }
    }
    for (Unreadable row : batch.unreadable()) {
      aside.add(new SetAside(batch.table().name(), row.key(), Rule.UNREADABLE, row.reason()));
    }
    aside.forEach(row -> apart.put(row.table() + row.key(), row));
    move(batch, aside);
    int inserted = table(batch.table()).size() - before;
    return new Ack(inserted + miscount, 0, unchanged, aside, position(batch.table(), batch.lane()));
  }

  private Optional<Rule> fault(Batch batch, int row, String key) {
    if (bad.contains(key)) {
      return Optional.of(Rule.DATABASE);
    }
    if (batch.table().isSeries()
        && ((Instant) batch.rows().keyAt(row).key().get(0)).isAfter(trustedUntil())) {
      return Optional.of(Rule.CLOCK_UNTRUSTED);
    }
    return Optional.empty();
  }

  private void move(Batch batch, List<SetAside> aside) {
    if (batch.upTo().isEmpty() || standsStill) {
      return;
    }
    Map<Table, Position> reached = positions.get(batch.lane());
    if (!batch.table().isSeries()) {
      if (aside.isEmpty()) {
        reached.put(batch.table(), batch.upTo().get());
      }
      return;
    }
    Map<Position, Position> segments = ahead.get(batch.lane());
    batch.after().ifPresent(after -> segments.put(after, batch.upTo().get()));
    if (batch.after().equals(Optional.ofNullable(reached.get(batch.table())))) {
      Position position = batch.upTo().get();
      while (segments.containsKey(position) && segments.get(position).isAfter(position)) {
        position = segments.get(position);
      }
      reached.put(batch.table(), position);
    }
  }

  private void failIfUnreachable() throws IOException {
    if (unreachable.isPresent()) {
      throw unreachable.get();
    }
  }

  private Instant trustedUntil() {
    return clock.instant().plus(TOLERANCE);
  }

  private Map<String, Map<String, Object>> table(Table table) {
    return rows.computeIfAbsent(table, name -> new TreeMap<>());
  }

  private static String keyOf(Rows rows, int row) {
    return rows.table().isSeries() ? rows.keyAt(row).toString() : "id " + rows.value(Table.ID, row);
  }

  private static Map<String, Position> byName(Map<Table, Position> positions) {
    Map<String, Position> named = new HashMap<>();
    positions.forEach((table, position) -> named.put(table.name(), position));
    return named;
  }
}
