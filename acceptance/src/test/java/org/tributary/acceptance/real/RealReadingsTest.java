package org.tributary.acceptance.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.acceptance.servers.OriginalHouse;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.PushListener;
import org.tributary.edge.PushOutcome;
import org.tributary.edge.PushResult;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/**
 * Five months of real readings in a database of the original schema, pushed to central and compared
 * row by row, each engine once at each end. The comparison reads both databases by plain SQL of its
 * own: nothing of the program under test is asked what is there.
 */
class RealReadingsTest {

  private static final int ALL = Integer.MAX_VALUE;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({"SQLITE, POSTGRESQL", "MARIADB, SQLITE", "POSTGRESQL, MARIADB"})
  void pushOnce_bringsEveryRowOfARealHouseToCentral(TestEngine gateway, TestEngine central)
      throws Exception {
    String local = gateway.freshDatabase();
    OriginalHouse.Loaded loaded;
    try (Connection connection = TestEngine.connect(local)) {
      OriginalSchema.create(connection, gateway);
      loaded = OriginalHouse.load(connection, gateway, ALL);
    }
    String remote = central.freshDatabase();

    PushResult first;
    PushResult second;
    try (CentralServer server =
        CentralServer.start(
            DatabaseUrl.parse(remote, folder),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC())) {
      first = push(local, server.port());
      second = push(local, server.port());
    }

    assertThat(first.allDelivered()).as(first.toString()).isTrue();
    assertThat(second.sent()).as("rows that travelled although nothing was new").isZero();
    try (Connection here = TestEngine.connect(local);
        Connection there = TestEngine.connect(remote)) {
      assertSameReadings(loaded, new Rows(here, gateway), new Rows(there, central));
      assertSameStates(loaded, new Rows(here, gateway), new Rows(there, central));
      assertThat(new Rows(there, central).sensors())
          .isEqualTo(new Rows(here, gateway).sensors())
          .isNotEmpty();
    }
  }

  private PushResult push(String local, int port) throws Exception {
    Path file = folder.resolve("push.conf");
    Files.writeString(
        file,
        """
        [general]
        localurl = %s
        gateway = real-house
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(local, port));
    EdgeConfig config = EdgeConfig.read(file, Map.of(), Optional.empty());
    try (EdgeDaemon daemon =
        new EdgeDaemon(config, "test", Clock.systemUTC(), new PushListener() {})) {
      PushOutcome outcome = daemon.pushOnce().get("central");
      assertThat(outcome).isInstanceOf(PushOutcome.Done.class);
      return ((PushOutcome.Done) outcome).result();
    }
  }

  private static void assertSameReadings(OriginalHouse.Loaded loaded, Rows here, Rows there)
      throws SQLException, IOException {
    long compared = 0;
    try (Rows.Readings left = here.readings();
        Rows.Readings right = there.readings()) {
      while (left.next()) {
        assertThat(right.next()).as("reading %d is at central", compared).isTrue();
        assertThat(right.key()).isEqualTo(left.key());
        assertThat(right.place()).as("place of %s", left.key()).isEqualTo(left.place());
        assertThat(left.sameValue(right)).as("value of %s", left.key()).isTrue();
        compared++;
      }
      assertThat(right.next()).as("central has more").isFalse();
    }
    assertThat(compared).isEqualTo(loaded.readings()).isGreaterThan(600_000);
  }

  private static void assertSameStates(OriginalHouse.Loaded loaded, Rows here, Rows there)
      throws SQLException {
    long compared = 0;
    try (Rows.States left = here.states();
        Rows.States right = there.states()) {
      while (left.next()) {
        assertThat(right.next()).as("state %d is at central", compared).isTrue();
        assertThat(right.row()).isEqualTo(left.row());
        compared++;
      }
      assertThat(right.next()).as("central has more").isFalse();
    }
    assertThat(compared).isEqualTo(loaded.nodeStates()).isGreaterThan(100_000);
  }
}
