package org.tributary.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.PushListener;
import org.tributary.edge.PushOutcome;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/** The seed's own condition: the push needs the latest version of the database. */
class UpgradedPushTest {

  @TempDir Path folder;

  @Test
  void pushOnce_fromAnUpgradedDatabase_deliversAll() throws Exception {
    OldDatabase old = OldDatabase.of(TestEngine.MARIADB, Revision.BEFORE_ALL);
    assertThat(DatabaseInfo.of(old.parsed()).missing()).isNotEmpty();
    try (OriginalUpgrade upgrade = OriginalUpgrade.open(old.parsed(), UpgradeOptions.USUAL, true)) {
      upgrade.run(new Silence());
    }
    assertThat(DatabaseInfo.of(old.parsed()).missing()).isEmpty();
    String remote = TestEngine.SQLITE.freshDatabase();

    PushOutcome outcome;
    try (CentralServer server =
        CentralServer.start(
            DatabaseUrl.parse(remote, folder),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC())) {
      outcome = push(old.url, server.port());
    }

    assertThat(outcome).isInstanceOf(PushOutcome.Done.class);
    assertThat(((PushOutcome.Done) outcome).result().allDelivered()).as("%s", outcome).isTrue();
    try (Connection connection = TestEngine.connect(remote);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT COUNT(*) FROM Reading r
                JOIN Location l ON l.id = r.locationId
                JOIN House h ON h.id = l.houseId
                WHERE h.address = '1 Mill Lane' AND r.nodeId = 37
                """)) {
      found.next();
      assertThat(found.getInt(1)).isEqualTo(7);
    }
  }

  private PushOutcome push(String local, int port) throws Exception {
    Path file = folder.resolve("push.conf");
    Files.writeString(
        file,
        """
        [general]
        localurl = %s
        gateway = upgraded
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(local, port));
    EdgeConfig config = EdgeConfig.read(file, Map.of(), Optional.empty());
    try (EdgeDaemon daemon =
        new EdgeDaemon(config, "test", Clock.systemUTC(), new PushListener() {})) {
      return daemon.pushOnce().get("central");
    }
  }

  private static final class Silence implements UpgradeListener {
    @Override
    public void begins(Step step) {}

    @Override
    public void runs(String statement) {}

    @Override
    public void ran(String statement) {}
  }
}
