package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.store.Database;
import org.tributary.store.SourceDatabase;
import org.tributary.store.WallClock;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.Correction;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * A gateway, a central and what is between them, in one thread and with clocks that are set, and
 * the promises that they are held to. All of the past is swept within two days. Not thread-safe.
 */
final class SimulatedWorld implements AutoCloseable {

  /** From one push to the next. */
  static final Duration STEP = Duration.ofHours(6);

  private static final Duration SWEEP = Duration.ofDays(2);

  /** An outage of some days is enough for the newest rows to go first. */
  private static final int NEWEST_FIRST = 40;

  private static final RemoteConfig REMOTE =
      new RemoteConfig(
          "central",
          TransportKind.SYNC,
          Optional.of(URI.create("http://central.test/")),
          Optional.empty());

  /** The truth. */
  final SettableClock clock;

  final SettableClock gatewayClock;
  final SettableClock centralClock;
  final Lifeline life = new Lifeline();
  final SimulatedHouse house;
  final SimulatedCentral server;
  final SimulatedNetwork network;
  final SimulatedGateway gateway;
  private final HistoryConfig history;

  /** One that writes UTC. */
  SimulatedWorld(TestEngine engine, Random random, HistoryConfig.Deletes deletes)
      throws IOException {
    this(engine, random, deletes, ZoneOffset.UTC, Instant.parse("2016-06-01T00:00:00Z"));
  }

  SimulatedWorld(
      TestEngine engine, Random random, HistoryConfig.Deletes deletes, ZoneId zone, Instant start)
      throws IOException {
    this.clock = SettableClock.at(start);
    this.gatewayClock = clock.another();
    this.centralClock = clock.another();
    this.history = new HistoryConfig(SWEEP, deletes, NEWEST_FIRST);
    this.house = new SimulatedHouse(zone, random);
    this.server = new SimulatedCentral(engine, centralClock);
    this.network = new SimulatedNetwork(server, SimulatedGateway.ID, random, life);
    this.gateway = new SimulatedGateway(house, network, history, gatewayClock, random, life);
  }

  /** One cycle, now. */
  PushResult push() throws IOException, RefusedException {
    return push(() -> false);
  }

  /** One cycle that may be asked to end early. */
  PushResult push(BooleanSupplier stop) throws IOException, RefusedException {
    return gateway.push(stop);
  }

  /** How the gateway stands with central. */
  RemoteStatus status() {
    try (LocalDatabase local = house.open()) {
      return EdgeStatus.status(
          REMOTE, network, PushRecord.Content.NONE, local, gatewayClock.instant());
    }
  }

  /** One cycle after another, until all of the past has been compared. */
  Healed settle() throws IOException, RefusedException {
    Healed healed = Healed.NOTHING;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(SWEEP.plus(SWEEP.dividedBy(2))) <= 0;
        passed = passed.plus(STEP)) {
      clock.advance(STEP);
      healed = healed.plus(push().healed());
    }
    return healed;
  }

  /** The gateway's process ends, and another begins that knows nothing. */
  void restart() {
    gateway.loseRecord();
  }

  /** Nothing goes wrong any more. */
  void calm() throws IOException {
    network.mend();
    network.lose(0);
    gatewayClock.setRight();
    centralClock.setRight();
    life.hold();
    gateway.lock(0);
    server.spare();
    if (server.isDown()) {
      server.restart();
    }
  }

  /** Changes rows of central by hand; names stand between {@code @}. */
  void damage(String sql) throws IOException {
    server.forgetAcknowledged();
    SimulatedHouse.execute(server.database(), sql);
  }

  Database central() {
    return server.database();
  }

  void backUpCentral() throws IOException {
    server.backUp();
  }

  /** Brings central's last copy back, if there is one. */
  void restoreCentral() {
    server.restore();
  }

  /** What central noted of rows that were changed or deleted. */
  List<Correction> corrections() throws IOException {
    return server.ingest().corrections(SimulatedGateway.ID, 1_000).orElseThrow();
  }

  /** The keys of the rows that central keeps apart. */
  Set<String> setAside() throws IOException {
    return server
        .ingest()
        .setAside(SimulatedGateway.ID, SetAsideFilter.ALL, 0, 1_000_000)
        .orElseThrow()
        .stream()
        .map(row -> row.what().key())
        .collect(Collectors.toSet());
  }

  /** Central has each row that can be there as the gateway has it, and none that never was. */
  void assertBothTheSame() throws IOException {
    Set<String> apart = setAside();
    Instant trusted = clock.instant().plus(Duration.ofHours(1));
    for (Table table : Ledger.SERIES) {
      Map<String, String> here = house.ledger().rows(table);
      Map<String, String> there = there(table);
      for (Map.Entry<String, String> row : here.entrySet()) {
        Instant time = Instant.parse(row.getKey().substring(1).split(",", 2)[0]);
        boolean inScope = !time.isBefore(Rule.EARLIEST_TRUSTED) && !time.isAfter(trusted);
        if (inScope && !apart.contains(row.getKey())) {
          assertThat(there.get(row.getKey()))
              .as("%s %s at %s", table, row.getKey(), clock.instant())
              .isEqualTo(row.getValue());
        }
      }
      for (Map.Entry<String, String> row : there.entrySet()) {
        assertThat(house.ledger().everHad(table, row.getKey())).as("%s", row).isTrue();
      }
    }
  }

  /** Both ends know that they are the same, and say so. */
  void assertBothKnowIt() throws IOException, RefusedException {
    assertThat(push().healed()).isEqualTo(Healed.NOTHING);
    EdgeConfig config =
        new EdgeConfig(
            Path.of("simulated.conf"),
            house.url(),
            new WallClock(house.zone()),
            Optional.of(SimulatedGateway.ID.toString()),
            500,
            STEP,
            List.of(),
            List.of(),
            history);
    try (Verification verification = new Verification(config, "test", gatewayClock)) {
      assertThat(verification.with(network, false).differing()).isEmpty();
    }
    assertThat(missingOfWhatIsThere()).isZero();
  }

  /**
   * How many rows central says are missing of days that the gateway still has. Of a day that was
   * deleted there before all of it had arrived, central goes on saying so.
   */
  private long missingOfWhatIsThere() throws IOException {
    long missing = 0;
    for (Table table : Ledger.SERIES) {
      Window oldest = Window.dayOf(house.ledger().oldest(table, Rule.EARLIEST_TRUSTED));
      missing +=
          central()
              .read(
                  connection -> {
                    try (var select =
                        connection.prepareStatement(
                            "SELECT COALESCE(SUM(missing), 0) FROM tributary_claim"
                                + " WHERE table_name = ? AND first_hour >= ?")) {
                      select.setString(1, table.name());
                      select.setLong(2, oldest.hour());
                      try (var found = select.executeQuery()) {
                        found.next();
                        return found.getLong(1);
                      }
                    }
                  });
    }
    return missing;
  }

  /** How many rows of each day that the gateway has told of are missing, as central knows. */
  List<Long> claimedDays(Table table) throws IOException {
    return central()
        .read(
            connection -> {
              List<Long> days = new ArrayList<>();
              try (var select =
                  connection.prepareStatement(
                      "SELECT missing FROM tributary_claim WHERE table_name = ?")) {
                select.setString(1, table.name());
                try (var found = select.executeQuery()) {
                  while (found.next()) {
                    days.add(found.getLong(1));
                  }
                }
              }
              return days;
            });
  }

  /** What is measured now, by a clock that is right, is there two cycles later. */
  void assertAFreshReadingArrives() throws IOException, RefusedException {
    clock.advance(STEP);
    house.log(clock.instant());
    push();
    clock.advance(STEP);
    push();
    assertBothTheSame();
  }

  /** Central's rows by key, in words; locations by the gateway's ids where it has them. */
  Map<String, String> there(Table table) throws IOException {
    Map<Long, Long> places = new HashMap<>();
    central()
        .read(
            connection -> {
              try (var select =
                      connection.prepareStatement(
                          "SELECT central_id, local_id FROM tributary_mapping"
                              + " WHERE table_name = 'Location'");
                  var found = select.executeQuery()) {
                while (found.next()) {
                  places.put(found.getLong(1), found.getLong(2));
                }
              }
              return true;
            });
    try (SourceDatabase source = new SourceDatabase(central().url())) {
      Rows rows = source.readAfter(table, Optional.empty(), Optional.empty(), 10_000_000).rows();
      return Ledger.printed(rows, places);
    }
  }

  @Override
  public void close() {
    gateway.close();
    house.close();
    server.close();
  }
}
