package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.acceptance.servers.OriginalHouse;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;
import org.tributary.wire.GatewayId;

/**
 * T1 to T3: whatever a gateway's clock does, its house does not stall and none of its rows is lost
 * without a word: each is stored, or set aside with the reason.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClockTroubleTest {

  private static final int JUMPS = Integer.getInteger("tributary.clock.jumps", 20);
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final Instant BOOT = Instant.parse("1970-01-01T00:00:10Z");

  @TempDir Path folder;
  final Hand truth = new Hand();
  final Hand gatewayClock = new Hand();
  final ExecutorService senders = Executors.newFixedThreadPool(Pipeline.DEPTH);
  final Map<Long, Instant> logged = new TreeMap<>();
  Connection house;
  String houseUrl;
  String centralUrl;
  CentralServer central;
  LocalDatabase local;
  Pusher pusher;
  ZoneId zone = ZoneOffset.UTC;
  long rows;

  private void start(Instant now, ZoneId loggerZone) throws Exception {
    zone = loggerZone;
    truth.now = now;
    gatewayClock.now = now;
    String url = TestEngine.SQLITE.freshDatabase();
    house = TestEngine.connect(url);
    try (Statement statement = house.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF");
    }
    OriginalSchema.create(house, TestEngine.SQLITE);
    OriginalHouse.load(house, TestEngine.SQLITE, 0);
    centralUrl = TestEngine.SQLITE.freshDatabase();
    central =
        CentralServer.start(
            DatabaseUrl.parse(centralUrl, folder),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            truth);
    houseUrl = url;
    local = new LocalDatabase(DatabaseUrl.parse(url, folder), new WallClock(zone));
    GatewayId id = new GatewayId("house-17");
    pusher =
        new Pusher(
            local,
            transport(),
            new GatewayIdentity(id, false, "machine", "host", "test"),
            new PushListener() {},
            new BatchSize(500),
            senders,
            gatewayClock);
  }

  @AfterEach
  void stop() throws Exception {
    senders.shutdownNow();
    local.close();
    central.close();
    house.close();
  }

  @Test
  void push_whileTheClockJumpsByYears_neverStallsAndLosesNothing() throws Exception {
    long seed = Long.getLong("tributary.clock.seed", 20150803L);
    Random random = new Random(seed);
    start(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    for (int jump = 0; jump < JUMPS; jump++) {
      Instant wrong =
          switch (random.nextInt(5)) {
            case 0 -> BOOT.plusSeconds(random.nextInt(10_000));
            case 1 -> Instant.parse("2036-02-07T06:28:16Z").plusSeconds(random.nextInt(10_000));
            case 2 -> truth.now.plus(Duration.ofDays(1 + random.nextInt(400)));
            case 3 -> Instant.parse("1999-12-31T21:00:00Z").plusSeconds(random.nextInt(10_000));
            default -> Instant.parse("9999-12-31T20:00:00Z").plusSeconds(random.nextInt(10_000));
          };
      gatewayClock.now = wrong;
      live(1 + random.nextInt(4), random);
      gatewayClock.now = truth.now;
      long fresh = live(1, random);
      push();
      if (!isStored(fresh)) { // within two periods
        push();
      }
      assertThat(isStored(fresh)).as("after jump %d to %s, seed %d", jump, wrong, seed).isTrue();
    }
    push();

    System.out.printf("Seed %d: %d jumps, %d rows%n", seed, JUMPS, rows);
    assertAllIsAccountedFor();
  }

  /** T2: a machine without a clock of its own, each time it starts. */
  @Test
  void push_whenTheTimeIsOnlySetAfterAWhile_setsTheFirstRowsAsideAndGoesOn() throws Exception {
    start(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    Random random = new Random(1);
    for (int start = 0; start < 3; start++) {
      gatewayClock.now = BOOT.plusSeconds(start);
      live(10, random);
      push();
      gatewayClock.now = truth.now;
      long fresh = live(1, random);
      push();
      assertThat(isStored(fresh)).isTrue();
    }
    push();

    assertAllIsAccountedFor();
    assertThat(values("SELECT content FROM tributary_setaside")).hasSize(30);
  }

  /** A clock that was right all the time must not suffer from one jump of it back. */
  @Test
  void push_whenTheClockWasAheadForAWhile_isBackWhenThatWhileIsOver() throws Exception {
    start(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    Random random = new Random(1);
    gatewayClock.now = truth.now.plus(Duration.ofMinutes(40)); // central believes as much
    live(5, random);
    push();
    gatewayClock.now = truth.now;
    for (int minute = 0; minute < 45; minute++) {
      live(1, random);
      push();
    }
    long fresh = live(1, random);
    push();

    assertThat(isStored(fresh)).isTrue();
  }

  /** T3. */
  @ParameterizedTest
  @CsvSource({
    "Europe/London, 2026-10-25T01:00:00Z",
    "Europe/London, 2026-03-29T01:00:00Z",
    "Australia/Lord_Howe, 2026-04-04T15:00:00Z",
    "Pacific/Chatham, 2026-04-04T14:00:00Z",
    "America/New_York, 2026-11-01T06:00:00Z",
  })
  void push_acrossAChangeOfTheClocks_deliversEveryRowOnce(ZoneId loggerZone, Instant change)
      throws Exception {
    start(change.minus(Duration.ofMinutes(150)), loggerZone);
    TreeSet<Instant> expected = new TreeSet<>();
    for (int step = 0; step < 44; step++) {
      truth.now = truth.now.plus(Duration.ofMinutes(7)); // no stamp comes twice
      gatewayClock.now = truth.now;
      log();
      LocalDateTime shown = LocalDateTime.ofInstant(truth.now, zone);
      expected.add(shown.toInstant(zone.getRules().getValidOffsets(shown).get(0)));
      push();
    }

    List<Instant> stored = new ArrayList<>();
    for (String time : values("SELECT time FROM Reading ORDER BY time")) {
      stored.add(LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
    }
    assertThat(stored).containsExactlyElementsOf(expected).hasSize(44);
    assertThat(values("SELECT content FROM tributary_setaside")).isEmpty();

    assertThat(verified(false).differing()).isEmpty();
    truth.now = truth.now.plus(Duration.ofHours(2)); // another machine may have the name now
    String some = "SELECT value FROM Reading WHERE value IN (12, 29) ORDER BY value";
    execute("DELETE FROM Reading WHERE value = 12");
    execute("UPDATE Reading SET value = 1000 WHERE value = 29");
    assertThat(verified(true).differing()).isNotEmpty();
    assertThat(values(some)).hasSize(2);
    assertThat(verified(false).differing()).isEmpty();
  }

  private Verification.Report verified(boolean mend) throws Exception {
    EdgeConfig config =
        new EdgeConfig(
            folder.resolve("tributary.conf"),
            DatabaseUrl.parse(houseUrl, folder),
            new WallClock(zone),
            Optional.of("house-17"),
            500,
            Duration.ofMinutes(10),
            List.of(),
            List.of(),
            HistoryConfig.DEFAULT);
    try (Verification verification = new Verification(config, "test", truth)) {
      return verification.with(transport(), mend);
    }
  }

  private SyncTransport transport() {
    return new SyncTransport(
        URI.create("http://127.0.0.1:%d/".formatted(central.port())),
        new GatewayId("house-17"),
        LinkSecurity.NONE);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(centralUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Minutes go by, each with a reading; now and then something is pushed. The last reading. */
  private long live(int minutes, Random random) throws Exception {
    for (int i = 0; i < minutes; i++) {
      Duration minute = Duration.ofMinutes(1).plusNanos(random.nextInt(1_000_000) * 1_000L);
      truth.now = truth.now.plus(minute);
      gatewayClock.now = gatewayClock.now.plus(minute);
      log();
      if (random.nextInt(3) == 0) {
        push();
      }
    }
    return rows;
  }

  private void log() throws SQLException {
    rows++;
    try (PreparedStatement insert =
        house.prepareStatement("INSERT INTO Reading VALUES (?, 1, 0, 1, ?)")) {
      insert.setString(1, FORM.format(LocalDateTime.ofInstant(gatewayClock.now, zone)));
      insert.setLong(2, rows);
      insert.executeUpdate();
    }
    logged.put(rows, gatewayClock.now);
  }

  private void push() throws Exception {
    PushResult result = pusher.pushAll(() -> false);
    assertThat(result.refused()).isEmpty();
  }

  private void assertAllIsAccountedFor() throws SQLException {
    Map<Long, Instant> missing = new TreeMap<>(logged);
    missing.keySet().removeAll(accountedFor());
    assertThat(missing).isEmpty();
  }

  private boolean isStored(long value) throws SQLException {
    return !values("SELECT 1 FROM Reading WHERE value = " + value).isEmpty();
  }

  /** The values of all rows that central has, stored or set aside. */
  private Set<Long> accountedFor() throws SQLException {
    Set<Long> found = new TreeSet<>();
    for (String value : values("SELECT CAST(value AS INTEGER) FROM Reading")) {
      assertThat(found.add(Long.valueOf(value))).as("%s is there once", value).isTrue();
    }
    for (String content : values("SELECT content FROM tributary_setaside")) {
      String value = content.replaceAll(".*\"value\":(\\d+).*", "$1");
      assertThat(found.add(Long.valueOf(value))).as("%s is there once", content).isTrue();
    }
    return found;
  }

  private List<String> values(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = TestEngine.connect(centralUrl);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        values.add(found.getString(1));
      }
    }
    return values;
  }

  /** Stands where it is put. */
  private static final class Hand extends Clock {
    private volatile Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId other) {
      throw new UnsupportedOperationException();
    }
  }
}
