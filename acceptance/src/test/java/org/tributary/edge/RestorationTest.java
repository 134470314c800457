package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TargetDatabase;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.GatewayId;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** A gateway that lost its database gets it back from a central in this process. */
class RestorationTest {

  static final Instant FIRST = Instant.parse("2025-03-01T00:00:00Z");
  static final int DAYS = 4;

  @TempDir Path folder;

  DatabaseUrl central;
  CentralServer server;
  Path house;
  String local = "sqlite:///house.db";
  EdgeConfig config;

  /**
   * A lost database comes back row for row, and the next push has nothing to send. On a server the
   * new one has another name, so that it is another machine's to central.
   */
  @ParameterizedTest
  @EnumSource
  void from_afterTheDatabaseWasLost_bringsAllOfItBack(TestEngine engine) throws Exception {
    try (CentralServer running = start(engine)) {
      if (engine != TestEngine.SQLITE) {
        local = engine.freshDatabase();
        configure(running.port(), "");
      }
      logHouse();
      push();
      Map<Table, List<String>> before = contents();
      EdgeConfig lost = config;
      loseHouse();
      if (engine != TestEngine.SQLITE) {
        local = engine.freshDatabase();
        configure(running.port(), "");
      }
      permit();

      Restoration.Report report = restore(Restoration.Span.ALL);

      assertThat(contents()).isEqualTo(before);
      assertThat(report.isWhole()).isTrue();
      assertThat(report.differing()).isEmpty();
      assertThat(report.lost()).isZero();
      assertThat(report.same())
          .isEqualTo(before.get(Tables.READING).size() + before.get(Tables.NODE_STATE).size());
      assertThat(verified().differing()).isEmpty();
      PushResult pushed = push();
      assertThat(pushed.inserted() + pushed.changed() + pushed.unchanged()).isZero();
      assertThat(pushed.healed()).isEqualTo(Healed.NOTHING);
      log(FIRST.plus(Duration.ofDays(DAYS)), 3);
      assertThat(push().inserted()).isEqualTo(3 * 3);
      if (engine != TestEngine.SQLITE) {
        config = lost;
        assertThatThrownBy(this::push)
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("This machine was replaced");
      }
    }
  }

  /** What waits at central because its type is in doubt is the gateway's, too. */
  @Test
  void from_ofAMirrorWithRowsSetAside_bringsTheseBackAsWell() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      configure(running.port(), "deletes = mirror");
      logHouse();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + house);
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE SensorType SET units = 'furlongs' WHERE id = 0");
      }
      push();
      Map<Table, List<String>> before = contents();
      loseHouse();
      permit();

      Restoration.Report report = restore(Restoration.Span.ALL);

      assertThat(contents()).isEqualTo(before);
      assertThat(report.lost()).isZero();
      PushResult pushed = push();
      assertThat(pushed.healed().deleted()).isZero();
      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void from_withoutAPermission_isRefusedAndMakesNoDatabase() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      assertThat(running.port()).isPositive();
      logHouse();
      push();
      loseHouse();

      assertThatThrownBy(() -> restore(Restoration.Span.ALL))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("tributary gateway restore-permit house12");
      assertThat(house).doesNotExist();
    }
  }

  @Test
  void from_intoADatabaseOfOtherThings_isRefusedAndChangesNothing() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      assertThat(running.port()).isPositive();
      logHouse();
      push();
      loseHouse();
      try (TargetDatabase other = new TargetDatabase(config.local())) {
        other.upgrade();
        other.idOf(Tables.DEPLOYMENT, Map.of("name", "Another"));
      }
      Map<Table, List<String>> before = contents();
      permit();

      assertThatThrownBy(() -> restore(Restoration.Span.ALL))
          .isInstanceOf(LocalDatabaseException.class)
          .hasMessageContaining("holds other things than gateway \"house12\"");
      assertThat(contents()).isEqualTo(before);
    }
  }

  /** Rows that the gateway no longer had, or takes back only some of, are not taken for lost. */
  @Test
  void from_someDaysOnly_leavesNothingToMendAndDeletesNothing() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      assertThat(running.port()).isPositive();
      configure(running.port(), "deletes = mirror");
      logHouse();
      push();
      loseHouse();
      permit();
      Instant from = FIRST.plus(Duration.ofDays(1)); // more than half, so that mirroring may delete

      Restoration.Report report =
          restore(new Restoration.Span(Optional.of(from), Optional.empty()));

      assertThat(report.isWhole()).isTrue();
      assertThat(contents().get(Tables.READING)).hasSize((DAYS - 1) * 24 * 3);
      assertThat(verified().differing()).isEmpty();
      log(FIRST.plus(Duration.ofDays(DAYS)), 1);
      PushResult pushed = push();
      assertThat(pushed.healed().deleted()).isZero();
      permit();
      restore(Restoration.Span.ALL);
      assertThat(contents().get(Tables.READING)).hasSize(DAYS * 24 * 3 + 3);
      assertThat(verified().differing()).isEmpty();
    }
  }

  @Test
  void from_whereTheLoggerHasWrittenOn_leavesItsRowsAlone() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      assertThat(running.port()).isPositive();
      logHouse();
      push();
      Map<Table, List<String>> before = contents();
      loseHouse();
      permit();
      restore(new Restoration.Span(Optional.of(FIRST.plus(Duration.ofDays(3))), Optional.empty()));
      log(FIRST.plus(Duration.ofDays(DAYS - 1)).plusSeconds(7), 2);

      Restoration.Report report = restore(Restoration.Span.ALL);

      assertThat(report.isWhole()).isTrue();
      assertThat(report.besides()).isEqualTo(2 * 3);
      assertThat(contents().get(Tables.READING))
          .containsAll(before.get(Tables.READING))
          .hasSize(before.get(Tables.READING).size() + 2 * 3);
    }
  }

  /** Killed and cut off at random, again and again: in the end every row is there, and no other. */
  @Test
  void from_brokenOffAnywhere_goesOnWhenRunAgain() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      assertThat(running.port()).isPositive();
      logHouse();
      push();
      Map<Table, List<String>> before = contents();
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      for (int life = 0; life < 8; life++) {
        loseHouse();
        permit();
        int deaths = 0;
        boolean done = false;
        while (!done) {
          Returns mortal = new Mortal(transport().returns(machine()), random, deaths < 6 ? 6 : 0);
          try {
            restoration()
                .from(transport(), mortal, Restoration.Span.ALL, (table, back, added) -> {});
            done = true;
          } catch (Killed e) {
            deaths++;
          }
        }
        assertThat(contents()).as("seed %d, life %d", seed, life).isEqualTo(before);
      }
      assertThat(verified().differing()).isEmpty();
    }
  }

  /** The end of a process. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Loses answers, and ends the process before a question or after it. */
  private static final class Mortal implements Returns {
    private final Returns alive;
    private final Random random;
    private final int perCent;

    Mortal(Returns alive, Random random, int perCent) {
      this.alive = alive;
      this.random = random;
      this.perCent = perCent;
    }

    private boolean happens() {
      return random.nextInt(100) < perCent;
    }

    private <T> T through(T answer) throws IOException {
      if (happens()) {
        throw new Killed();
      }
      if (happens()) {
        throw new IOException("The answer was lost");
      }
      return answer;
    }

    @Override
    public RestoreTerms begin() throws IOException, RefusedException {
      return through(alive.begin());
    }

    @Override
    public Batch rows(RestoreRequest request) throws IOException, RefusedException {
      RestoreRequest small =
          new RestoreRequest(request.table(), request.window(), request.after(), 37);
      return through(alive.rows(request.table().isSeries() ? small : request));
    }

    @Override
    public List<Difference> differences(Claims claims) throws IOException, RefusedException {
      return through(alive.differences(claims));
    }

    @Override
    public void end() throws IOException, RefusedException {
      alive.end();
      through(true);
    }
  }

  private CentralServer start(TestEngine engine) throws Exception {
    central = DatabaseUrl.parse(engine.freshDatabase(), Path.of("/"));
    server =
        CentralServer.start(
            central,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC());
    house = folder.resolve("house.db");
    configure(server.port(), "");
    return server;
  }

  private void configure(int port, String more) throws Exception {
    Path file = folder.resolve("synchronise.conf");
    Files.writeString(
        file,
        """
        [general]
        localurl = %s
        gateway = house12
        %s
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(local, more, port));
    config = EdgeConfig.read(file, Map.of(), Optional.empty());
  }

  /** Ids that a new database would never give, and all kinds of rows. */
  private void logHouse() throws Exception {
    try (TargetDatabase target = new TargetDatabase(config.local())) {
      target.upgrade();
      target.add(
          List.of(
              rows(Tables.DEPLOYMENT, row(70L, "Trial", "a trial", FIRST, null)),
              rows(Tables.HOUSE, row(71L, 70L, "1 High Street", FIRST, null)),
              rows(Tables.LOCATION, row(72L, 71L, 1L), row(73L, 71L, 2L)),
              rows(Tables.NODE, row(37L, 72L, 0L), row(38L, 73L, 0L)),
              rows(Tables.SENSOR, row(74L, 0L, 37L, 1.5, -0.25))));
    }
    log(FIRST, DAYS * 24);
  }

  /** An hour after the other, three readings and a node's state. */
  private void log(Instant from, int hours) throws Exception {
    try (TargetDatabase target = new TargetDatabase(config.local())) {
      Rows.Builder readings =
          new Rows.Builder(Tables.READING, Tables.READING.travelling(), hours * 3);
      Rows.Builder states = new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.travelling(), 16);
      for (int i = 0; i < hours; i++) {
        Instant time = from.plus(Duration.ofHours(i)).plusNanos(123_000);
        readings.row(time, 37L, 0L, 72L, 20.1 + i / 7.0);
        readings.row(time, 37L, 2L, null, i % 5 == 0 ? null : 48.5 + i);
        readings.row(time, 38L, 0L, 73L, -0.0);
        if (i % 6 == 0 && hours > 5) {
          states.row(time, 38L, 0L, 1_000L + i, (long) i, -71L);
        }
      }
      target.add(List.of(readings.build(), states.build()));
    }
  }

  private void loseHouse() throws IOException {
    for (String ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(house + ending));
    }
  }

  private void permit() throws Exception {
    try (GatewayDesk desk = GatewayDesk.open(central, Access.WRITE, Clock.systemUTC())) {
      desk.permit(
          new GatewayId("house12"),
          Duration.ofHours(1),
          Optional.empty(),
          Optional.empty(),
          "operator");
    }
  }

  private PushResult push() throws Exception {
    try (EdgeDaemon daemon =
        new EdgeDaemon(config, "test", Clock.systemUTC(), new PushListener() {})) {
      PushOutcome outcome = daemon.pushOnce().get("central");
      if (outcome instanceof PushOutcome.Failed failed) {
        throw failed.cause();
      }
      return ((PushOutcome.Done) outcome).result();
    }
  }

  private Restoration restoration() {
    return new Restoration(config, "test", Clock.systemUTC(), pause -> {});
  }

  private RemoteConfig remote() {
    return config.remotes().get(0);
  }

  private Restoration.Report restore(Restoration.Span span) throws Exception {
    return restoration().from(remote(), span, (table, back, added) -> {});
  }

  private Verification.Report verified() throws Exception {
    try (Verification verification = new Verification(config, "test", Clock.systemUTC())) {
      return verification.with(remote(), false);
    }
  }

  private SyncTransport transport() {
    return new SyncTransport(
        URI.create("http://127.0.0.1:%d/".formatted(server.port())),
        new GatewayId("house12"),
        LinkSecurity.NONE);
  }

  private String machine() {
    return GatewayIdentity.of(config, "test").machine();
  }

  /** Every row of every table that travels. */
  private Map<Table, List<String>> contents() throws IOException {
    Map<Table, List<String>> all = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    try (LocalDatabase local = new LocalDatabase(config.local(), config.wallClock())) {
      for (Table table : Tables.ALL) {
        Rows rows =
            table.isSeries()
                ? local.readAfter(table, Optional.empty(), Optional.empty(), 100_000).rows()
                : local.readAll(table).rows();
        List<String> cells = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          cells.add(rows.row(row).values().toString());
        }
        all.put(table, cells);
      }
    }
    return all;
  }

  private static Rows rows(Table table, Object[]... rows) {
    Rows.Builder builder = new Rows.Builder(table, table.travelling(), rows.length);
    for (Object[] row : rows) {
      builder.row(row);
    }
    return builder.build();
  }

  private static Object[] row(Object... cells) {
    return cells;
  }
}
