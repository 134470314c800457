package org.tributary.edge.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.EdgeDoctor;
import org.tributary.testbed.MinaSshServer;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

/** What {@code doctor} says of each step of the way through an SSH host. */
class DirectDoctorTest {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  static final Path NOBODY = Path.of("id_none");

  @TempDir Path folder;
  EchoServer database;
  SshServer host;

  @BeforeEach
  void start() {
    database = new EchoServer();
    host = MinaSshServer.start(SshServerPlan.usual(folder));
    Way.to("house", host.port(), folder); // puts the keys there
  }

  @AfterEach
  void stop() {
    host.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void doctor_ofARemoteThatIsWell_saysSoOfEachStep(TestEngine engine) throws Exception {
    String url = engine.freshDatabase();
    String port = url.replaceFirst(".*:(\\d+)/.*", "$1");

    List<String> said = doctor("dbstring = " + url, "dbport = " + port, "sshkey = user_ed25519");

    assertThat(said)
        .contains(
            "OK SSH keys: its owner's alone: " + folder.resolve("user_ed25519"),
            "OK name: 127.0.0.1 is an address",
            "OK port: something listens on 127.0.0.1:" + host.port(),
            "OK host key: ssh-ed25519 %s is known (%s, line 1)"
                .formatted(Way.fingerprint("host_ed25519"), folder.resolve("known_hosts")),
            "OK sign-in: as house, with %s (ssh-ed25519 %s)"
                .formatted(folder.resolve("user_ed25519"), Way.fingerprint("user_ed25519")),
            "OK forwarding: the SSH host lets connections through to 127.0.0.1:" + port)
        .anyMatch(
            line ->
                line.matches(
                    "OK database: (a server answers: .*MariaDB.*|a PostgreSQL server answers.*)"));
  }

  @Test
  void doctor_whenTheHostIsUnknown_saysTheLineAndChecksNoFurther() throws Exception {
    Files.delete(folder.resolve("known_hosts"));

    List<String> said = doctor(DBSTRING, "sshkey = user_ed25519");

    assertThat(said)
        .anyMatch(
            line ->
                line.startsWith("REFUSED host key: ssh-ed25519 SHA256:")
                    && line.contains("[127.0.0.1]:%d ssh-ed25519 AAAA".formatted(host.port())))
        .contains("NOT_CHECKED sign-in: because of host key");
  }

  @Test
  void doctor_whenThereIsNoKey_saysSoAndShowsTheHostsAllTheSame() throws Exception {
    List<String> said = doctor(DBSTRING, "sshkey = " + NOBODY);

    assertThat(said)
        .anyMatch(line -> line.startsWith("OK host key: "))
        .anyMatch(line -> line.startsWith("REFUSED sign-in: there is no key "))
        .contains("NOT_CHECKED forwarding: because of sign-in");
  }

  @Test
  void doctor_whenNothingListensBehindTheHost_saysWhereItWasSought() throws Exception {
    database.close();

    List<String> said = doctor(DBSTRING, "dbport = " + database.port(), "sshkey = user_ed25519");

    assertThat(said)
        .anyMatch(line -> line.startsWith("PROBLEM forwarding: nothing answers on 127.0.0.1:"));
  }

  @Test
  void doctor_whenItIsNoDatabase_saysSo() throws Exception {
    List<String> said =
        doctor(
            "dbstring = postgresql://u@localhost/db",
            "dbport = " + database.port(),
            "sshkey = user_ed25519");

    assertThat(said).contains("PROBLEM database: what answers there is no PostgreSQL server");
  }

  @Test
  void doctor_whenOthersCanReadTheKey_warns() throws Exception {
    Path key = folder.resolve("user_ed25519");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(doctor(DBSTRING, "sshkey = user_ed25519"))
        .contains("WARNING SSH keys: %s can be read or written by other users".formatted(key));
  }

  static final String DBSTRING = "dbstring = mysql://u:canary@127.0.0.1:3307/db";

  private List<String> doctor(String... lines) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("synchronise.conf"),
            """
            [general]
            localurl = sqlite:///house.db
            [locations]
            lab = 1
            [lab]
            url = house@127.0.0.1:%d
            sshfolder = .
            %s
            """
                .formatted(host.port(), String.join("\n", lines)));
    List<String> said = new ArrayList<>();
    EdgeDoctor.examine(
        file,
        Map.of("HOME", folder.resolve("home").toString()),
        Optional.empty(),
        "0.1.0",
        CLOCK,
        ZoneOffset.UTC,
        examined ->
            examined
                .findings()
                .forEach(
                    finding -> {
                      String advice =
                          examined.check().equals("host key") && !finding.advice().isEmpty()
                              ? "; " + finding.advice()
                              : "";
                      said.add(
                          (finding.refusal() ? "REFUSED" : finding.level())
                              + " "
                              + examined.check()
                              + ": "
                              + finding.what()
                              + advice);
                    }));
    assertThat(said).noneMatch(line -> line.contains("canary"));
    return said;
  }
}
