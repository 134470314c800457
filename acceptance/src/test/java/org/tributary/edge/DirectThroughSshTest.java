package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.push.House;
import org.tributary.acceptance.push.Program;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.MinaSshServer;
import org.tributary.testbed.SlowLink;
import org.tributary.testbed.SshKeyFile;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

/** The program as a process, with an old configuration, through an SSH host into a database. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DirectThroughSshTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private House house;
  private String database;
  private SshServer host;

  @BeforeEach
  void startHost() throws Exception {
    house = new House(folder.resolve("house"));
    database = TestEngine.MARIADB.freshDatabase();
    DirectRemote.createOriginal(database, TestEngine.MARIADB);
    host =
        MinaSshServer.start(SshServerPlan.usual(Files.createDirectories(folder.resolve("host"))));
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    house.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "yes"})
  void once_withAnOldConfiguration_deliversAll(String createTables) throws Exception {
    house.log(200);
    configure(host.port(), createTables);

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).as(push.output()).isZero();
    }
    assertAllIsThere();

    house.log(5);
    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).as(push.output()).isZero();
    }
    assertAllIsThere();
  }

  @Test
  void once_whenTheLinkDiesInTheMiddle_goesOnByItself() throws Exception {
    house.log(3_000);
    try (SlowLink link = new SlowLink(host.port(), Duration.ofMillis(10))) {
      configure(link.port(), "no");
      try (Program push = Program.push(house, "--once")) {
        await().atMost(PATIENCE).until(() -> count("NodeState") > 0);
        link.cut();
        assertThat(push.exitCode()).as(push.output()).isZero();
      }
    }
    assertAllIsThere();
  }

  /** The time goes by turns; how long each takes changes nothing. */
  /** What broke is named: it is not the database. */
  @Test
  void once_whenTheSshHostDiesInTheMiddle_saysThatTheSshConnectionBroke() throws Exception {
    house.log(3_000);
    try (SlowLink link = new SlowLink(host.port(), Duration.ofMillis(10))) {
      configure(link.port(), "no");
      try (Program push = Program.push(house, "--once", "--verbose")) {
        await().atMost(PATIENCE).until(() -> count("NodeState") > 0);
        host.close();
        await()
            .atMost(PATIENCE)
            .until(() -> push.output().contains("broke off") || !push.isAlive());
        assertThat(push.output()).contains("The SSH connection to 127.0.0.1");
        assertThat(push.output()).doesNotContain("is it running");
        push.kill();
      }
    }
  }

  @Test
  void doctorAndPush_whereTheHostIsNotKnown_endWithTheSameCode() throws Exception {
    configure(host.port(), "no");
    Files.writeString(folder.resolve("keys/known_hosts"), "");
    String file = house.configuration().toString();

    for (String command : List.of("doctor", "status", "push --once")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
      words.addAll(List.of("--config", file));
      try (Program ran = Program.start(house.folder(), words.toArray(new String[0]))) {
        assertThat(ran.exitCode()).as("%s: %s", command, ran.output()).isEqualTo(6);
      }
    }
  }

  @Test
  void once_overASlowLink_takesFewTurns() throws Exception {
    house.log(1_000);
    try (SlowLink link = new SlowLink(host.port(), Duration.ofMillis(30))) {
      configure(link.port(), "no");
      try (Program push = Program.push(house, "--once")) {
        assertThat(push.exitCode()).as(push.output()).isZero();
      }
      assertThat(link.turns()).isLessThan(1_000); // for 12,000 rows
    }
    assertAllIsThere();
  }

  /** As the oldest files are, with what is new beside it only where the test's ports need it. */
  private void configure(int sshPort, String createTables) throws Exception {
    Path keys = Files.createDirectories(folder.resolve("keys"));
    SshKeyFile user = new SshKeyFile("user_ed25519");
    user.writeTo(keys);
    Files.writeString(keys.resolve("user_ed25519.pub"), user.publicLine() + "\n");
    Files.writeString(
        keys.resolve("known_hosts"),
        "[127.0.0.1]:%d %s%n".formatted(sshPort, new SshKeyFile("host_ed25519").publicLine()));
    URI uri = URI.create(database);
    Files.writeString(
        house.configuration(),
        """
        [general]
        localurl = %s
        pushlimit = 5000
        [locations]
        work = 1
        [work]
        url = 127.0.0.1
        sshport = %d
        sshuser = %s
        sshfolder = %s
        sshkey = user_ed25519.pub
        dbstring = mysql://%s@127.0.0.1:3307%s
        dbport = %d
        create_tables = %s
        lastupdate = None
        """
            .formatted(
                house.url(),
                sshPort,
                host.user(),
                keys,
                uri.getUserInfo(),
                uri.getPath(),
                uri.getPort(),
                createTables));
  }

  private void assertAllIsThere() throws Exception {
    try (Connection here = TestEngine.connect(house.url());
        Connection there = TestEngine.connect(database)) {
      assertThat(DirectGateway.readings(there, TestEngine.MARIADB))
          .hasSize((int) house.logged())
          .isEqualTo(DirectGateway.readings(here, TestEngine.SQLITE));
    }
    assertThat(count("NodeState")).isEqualTo(house.logged() / 2);
  }

  private long count(String table) throws Exception {
    try (Connection connection = TestEngine.connect(database);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM `" + table + "`")) {
      found.next();
      return found.getLong(1);
    }
  }
}
