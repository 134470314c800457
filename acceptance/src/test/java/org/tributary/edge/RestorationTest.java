package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.server.CentralServer;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Greeting;
import org.tributary.wire.RestoreCount;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** A gateway that lost its database gets it back from a central in this process. */
class RestorationTest extends LostGateway {

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

  /** Another database is another machine's to central. */
  @Test
  void look_whileAnotherMachineIsTheGateway_leavesItBeAndSaysWhoseItWouldBe() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      logHouse();
      orphan();
      push();
      EdgeConfig old = config;
      local = "sqlite:///dry.db";
      configure(running.port(), "");
      permit();

      Restoration.Report dry = restoration().look(remote(), Restoration.Span.ALL);

      assertThat(dry.replaced()).isPresent();
      assertThat(folder.resolve("dry.db")).doesNotExist();
      EdgeConfig asked = config;
      config = old;
      log(FIRST.plus(Duration.ofDays(DAYS)), 1);
      assertThat(push().inserted()).as("it is still the gateway").isEqualTo(3);
      local = "sqlite:///new.db"; // the permission is not the asking machine's either
      configure(running.port(), "");
      Restoration.Report report = restore(Restoration.Span.ALL);
      assertThat(report.replaced()).isPresent();
      assertThat(report.metadata()).isEqualTo(dry.metadata());
      assertThat(report.same()).isEqualTo(dry.wanted() + 3);
      assertThat(report.lost()).isEqualTo(dry.lost()).isEqualTo(1);
      assertThat(report.examples()).isEqualTo(dry.examples());
      assertThat(restore(Restoration.Span.ALL).lost()).as("what is here, not read").isEqualTo(1);
      config = asked;
      assertThatThrownBy(() -> restoration().look(remote(), Restoration.Span.ALL))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("Another machine or database");
    }
  }

  /** Whatever speaks against a database is said while the gateway is still the old machine. */
  @Test
  void from_intoADatabaseThatMayNotBeFilled_leavesTheOldMachineTheGateway() throws Exception {
    try (CentralServer running = start(TestEngine.SQLITE)) {
      logHouse();
      push();
      EdgeConfig old = config;
      permit();
      local = "sqlite:///another.db";
      configure(running.port(), "");
      try (TargetDatabase other = new TargetDatabase(config.local())) {
        other.upgrade();
        other.idOf(Tables.DEPLOYMENT, Map.of("name", "Another"));
      }
      for (String name : List.of("another.db", "nofolder/new.db")) {
        local = "sqlite:///" + name;
        configure(running.port(), "");
        assertThatThrownBy(() -> restore(Restoration.Span.ALL))
            .isInstanceOf(LocalDatabaseException.class);
        assertThatThrownBy(() -> restoration().look(remote(), Restoration.Span.ALL))
            .isInstanceOf(LocalDatabaseException.class);
      }
      local = "sqlite:///new.db";
      configure(running.port(), "timezone = Europe/London");
      assertThatThrownBy(() -> restore(Restoration.Span.ALL)).hasMessageContaining("timezone");

      config = old;
      log(FIRST.plus(Duration.ofDays(DAYS)), 1);
      assertThat(push().inserted()).isEqualTo(3);
    }
  }

  /** A reading of a node that nobody has heard of, as a logger may write it. */
  private void orphan() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + house);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO Reading (time, nodeId, type, locationId, value)"
              + " SELECT time, 99, type, locationId, value FROM Reading WHERE nodeId = 37 LIMIT 1");
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
    public RestoreOutlook look(Greeting greeting) throws IOException, RefusedException {
      return alive.look(greeting); // it comes first, and is not asked again
    }

    @Override
    public RestoreCount count(RestoreRequest request) throws IOException, RefusedException {
      return through(alive.count(request));
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
}
