package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.edge.http.Pin;
import org.tributary.edge.http.Trust;
import org.tributary.edge.ssh.Fingerprint;
import org.tributary.edge.ssh.SshSettings;
import org.tributary.store.Secret;
import org.tributary.wire.MergeTerms;

/** The sections that describe remotes, in real files. */
class RemoteConfigTest {
  static final String DBSTRING = "dbstring = mysql://u:canary@127.0.0.1:3307/pushTest";

  static final String FINGERPRINT = "SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM";

  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/me"));

  @ParameterizedTest
  @CsvSource({
    "url = http://h/,                        http://h/",
    "url = https://h,                        https://h/",
    "url = https://h:8443/tributary,         https://h:8443/tributary/",
    "resturl = http://127.0.0.1:6543/rest/,  http://127.0.0.1:6543/rest/",
    "resturl = http://127.0.0.1:6543/rest,   http://127.0.0.1:6543/rest/",
    "url = http://[::1]:6543/,               http://[::1]:6543/",
    "url = \"HTTP://h/\",                    HTTP://h/",
  })
  void read_whenTheAddressIsHttp_goesThereHoweverTheServerAnswers(String line, URI uri)
      throws Exception {
    RemoteConfig remote = read(line);

    assertThat(remote)
        .isEqualTo(
            new RemoteConfig(
                "central",
                TransportKind.AUTO,
                Optional.of(uri),
                Optional.empty(),
                MergeTerms.ONE_WAY,
                remote.http()));
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "sync, SYNC", "rest, REST", "REST, REST"})
  void read_whenATransportIsAskedFor_takesIt(String text, TransportKind kind) throws Exception {
    assertThat(read("resturl = http://h/rest/", "transport = " + text).transport()).isEqualTo(kind);
  }

  @Test
  void read_whenTheUrlIsAnSshHost_goesDirectly() throws Exception {
    RemoteConfig remote =
        read(
            "url = 127.0.0.1",
            DBSTRING,
            "lastupdate = 2012-05-09 12:26:48.575828",
            "sshuser = dang",
            "sshfolder = /home/dang/.ssh",
            "sshkey = work_key.pub");

    assertThat(remote.transport()).isEqualTo(TransportKind.DIRECT);
    assertThat(remote.uri()).isEmpty();
    DirectConfig direct = remote.direct().orElseThrow();
    assertThat(direct.ssh().address()).isEqualTo("127.0.0.1");
    assertThat(direct.ssh().user()).isEqualTo("dang");
    assertThat(direct.ssh().keys().chosen()).isTrue();
    assertThat(direct.ssh().keys().files()).containsExactly(Path.of("/home/dang/.ssh/work_key"));
    assertThat(direct.ssh().trust().knownHosts())
        .containsExactly(
            Path.of("/home/dang/.ssh/known_hosts"), Path.of("/home/me/.ssh/known_hosts"));
    assertThat(direct.lastUpdate()).contains(Instant.parse("2012-05-09T12:26:48.575828Z"));
    assertThat(direct.createTables()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "mysql://u@127.0.0.1:3307/db,      mysql://u@127.0.0.1:3306/db",
    "mysql://u@localhost:3307/db,      mysql://u@127.0.0.1:3306/db",
    "postgresql://u@localhost:3307/db, postgresql://u@127.0.0.1:5432/db",
  })
  void read_takesThePortInDbstringForTheNearEndOfTheOldTunnel(String dbstring, String there)
      throws Exception {
    assertThat(direct("url = h", "dbstring = " + dbstring).database()).hasToString(there);
  }

  @Test
  void read_whenTheSshHostFindsTheDatabaseElsewhere_goesThere() throws Exception {
    DirectConfig direct = direct("url = h", DBSTRING, "dbhost = db.internal", "dbport = 3310");

    assertThat(direct.dbHost()).isEqualTo("db.internal");
    assertThat(direct.dbPort()).isEqualTo(3310);
    assertThat(direct.database()).hasToString("mysql://u@db.internal:3310/pushTest");
    assertThat(direct("url = h", DBSTRING, "dbhost = ::1").dbHost()).isEqualTo("::1");
  }

  @Test
  void read_whenDbstringNamesAnotherMachine_wantsItInDbhost() throws Exception {
    String elsewhere = "dbstring = mysql://u:canary@db.internal/pushTest";

    assertThat(problemsOf("url = h", elsewhere))
        .containsExactly(
            "6: dbstring: db.internal is not the near end of a tunnel; expected 127.0.0.1 there, and"
                + " dbhost = db.internal for the machine that the SSH host finds the database on");
    assertThat(direct("url = h", elsewhere, "dbhost = db.internal").dbHost())
        .isEqualTo("db.internal");
  }

  @Test
  void read_understandsHowTheHostIsKnownAndTheKeyIsOpened() throws Exception {
    SshSettings ssh =
        direct(
                "url = h",
                DBSTRING,
                "sshport = 2222",
                "sshfolder = keys",
                "sshkey = house",
                "sshpassphrasefile = house.pass",
                "known_hosts = hosts",
                "hostkey = " + FINGERPRINT + "=")
            .ssh();

    assertThat(ssh.address()).isEqualTo("h:2222");
    assertThat(ssh.keys().files()).containsExactly(folder.resolve("keys/house"));
    assertThat(ssh.keys().passphraseFile()).contains(folder.resolve("house.pass"));
    assertThat(ssh.trust().knownHosts()).containsExactly(folder.resolve("hosts"));
    assertThat(ssh.trust().pinned()).contains(new Fingerprint(FINGERPRINT));
  }

  @Test
  void read_takesPassphraseAndAgentFromTheEnvironment() throws Exception {
    environment.put("TRIBUTARY_SSHPASSPHRASE", "canary");
    environment.put("SSH_AUTH_SOCK", "/run/agent");

    SshSettings ssh = direct("url = h", DBSTRING).ssh();

    assertThat(ssh.keys().passphrase()).contains(new Secret("canary"));
    assertThat(ssh.keys().agent()).contains(Path.of("/run/agent"));
    assertThat(ssh.toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({"yes, true", "1, true", "no, false", "off, false"})
  void read_understandsWhetherTablesMayBeCreated(String text, boolean may) throws Exception {
    assertThat(direct("url = h", DBSTRING, "create_tables = " + text).createTables())
        .isEqualTo(may);
  }

  @Test
  void read_whenOnlyTheNecessaryIsSaid_leavesTheRestToSsh() throws Exception {
    DirectConfig direct = direct("url = 127.0.0.1", DBSTRING, "lastupdate =", "sshuser =");

    assertThat(direct.lastUpdate()).isEmpty();
    assertThat(direct.ssh().user()).isEqualTo(System.getProperty("user.name"));
    assertThat(direct.ssh().keys().chosen()).isFalse();
    assertThat(direct.ssh().keys().files())
        .containsExactly(
            Path.of("/home/me/.ssh/id_ed25519"),
            Path.of("/home/me/.ssh/id_ecdsa"),
            Path.of("/home/me/.ssh/id_rsa"));
    assertThat(direct.ssh().keys().passphrase()).isEmpty();
    assertThat(direct.ssh().keys().agent()).isEmpty();
    assertThat(direct.ssh().trust().pinned()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "central.example.org,      ,     central.example.org, 22",
    "dang@central.example.org, dang, central.example.org, 22",
    "dang@127.0.0.1:2222,      dang, 127.0.0.1,           2222",
    "my_host:2222,             ,     my_host,             2222",
    "[::1]:2222,               ,     ::1,                 2222",
  })
  void read_understandsWhatSshUnderstands(String url, String user, String host, int port)
      throws Exception {
    DirectConfig direct = direct("url = " + url, DBSTRING);

    assertThat(direct.ssh().user())
        .isEqualTo(user == null ? System.getProperty("user.name") : user);
    assertThat(direct.ssh().host()).isEqualTo(host);
    assertThat(direct.ssh().port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "2013-05-01,                2013-05-01T00:00:00Z",
    "2013-05-01 10:20:30,       2013-05-01T10:20:30Z",
    "2013-05-01T10:20,          2013-05-01T10:20:00Z",
    "2013-05-01T10:20:30.5Z,    2013-05-01T10:20:30.5Z",
    "2013-05-01T10:20:30+02:00, 2013-05-01T08:20:30Z",
  })
  void read_understandsLastUpdatesAsUtc(String text, Instant time) throws Exception {
    assertThat(direct("url = h", DBSTRING, "lastupdate = " + text).lastUpdate()).contains(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "none", "", "\"\"", "None # from scratch"})
  void read_whenNothingWasEverSent_hasNoLastUpdate(String text) throws Exception {
    assertThat(direct("url = h", DBSTRING, "lastupdate = " + text).lastUpdate()).isEmpty();
  }

  @Test
  void read_whenTheSshFolderIsRelative_startsFromTheFilesFolder() throws Exception {
    assertThat(direct("url = h", DBSTRING, "sshfolder = keys").ssh().keys().files())
        .contains(folder.resolve("keys/id_ed25519"));
  }

  @Test
  void read_whenBothAddressesAreThere_theTransportDecides() throws Exception {
    assertThat(read("url = h", DBSTRING, "resturl = http://h/", "transport = sync").uri())
        .contains(URI.create("http://h/"));
    assertThat(read("url = h", DBSTRING, "resturl = http://h/", "transport = direct").direct())
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url = ftp://h/                  | 5: url: not an address of HTTP",
        "url = http:///rest/             | 5: url: ",
        "url = http://h:99999/           | 5: url: no host and port",
        "url = http://my_host/           | 5: url: no host and port",
        "url = http://u:canary@h/        | 5: url: a user or password has no place",
        "url = http://u:canary@my_host/  | 5: url: a user or password has no place",
        "url = http://u:canary x@h/      | 5: url: not an address",
        "url = http://h/?key=canary      | 5: url: a ? or # has no place",
        "resturl = h/rest/               | 5: resturl: not an address of HTTP",
        "resturl =                       | 5: resturl: not an address of HTTP",
        "url =                           | 5: url: neither an address of HTTP nor a host",
        "url = h/rest/                   | 5: url: neither an address of HTTP nor a host",
        "url = u:canary@h                | 5: url: neither an address of HTTP nor a host",
        "url = h:99999                   | 5: url: neither an address of HTTP nor a host",
        "url = http://h/, http://i/      | 5: url: a list of 2 values",
        "sshuser = dang                  | 4: [central] has no url",
        "url = h                         | 4: [central] has an SSH host in url, but no dbstring",
      })
  void read_whenTheAddressIsWrong_saysSoOnceAndWithoutThePassword(String line, String problem) {
    assertThat(problemsOf(line))
        .singleElement()
        .asString()
        .startsWith(problem)
        .contains("expected")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transport = ssh        | 7: transport: \"ssh\" is no transport; expected one of",
        "transport = x://u:canary@h | 7: transport: \"x://u:***@h\" is no transport",
        "transport = sync       | 7: transport: sync goes over HTTP, but url is an SSH host",
        "transport = rest       | 7: transport: rest goes over HTTP, but url is an SSH host",
        "lastupdate = yesterday | 7: lastupdate: \"yesterday\" is no time",
        "sshfolder = ~/.ssh     | 7: sshfolder: ~ is not understood",
        "known_hosts = ~/hosts  | 7: known_hosts: ~ is not understood",
        "sshport = ssh          | 7: sshport: \"ssh\" is no port",
        "sshport = 65536        | 7: sshport: \"65536\" is no port",
        "dbport = 0             | 7: dbport: \"0\" is no port",
        "dbhost = h:3306        | 7: dbhost: \"h:3306\" is no name or address of a machine",
        "create_tables = maybe  | 7: create_tables: \"maybe\" is neither on nor off",
        "hostkey = MD5:16:27:ac | 7: hostkey: \"MD5:16:27:ac\" is no fingerprint",
        "sshpassphrase = canary | 7: unknown key sshpassphrase in [central]",
        "resturl = http://h/    | 4: [central] has an SSH host in url and a resturl",
        "tunnel = h             | 7: unknown key tunnel in [central]; expected one of url",
        "ssh_key = h            | 7: unknown key ssh_key in [central]; did you mean sshkey?",
      })
  void read_whenADirectRemoteIsContradictory_saysSo(String line, String problem) {
    assertThat(problemsOf("url = 127.0.0.1", DBSTRING, line))
        .singleElement()
        .asString()
        .startsWith(problem)
        .contains("expected")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transport = direct               | 6: transport: direct goes through SSH",
        "resturl = http://h/rest/         | 6: resturl and url both name an address",
        "sshuser = dang                   | 6: sshuser belongs to the direct transport",
        "hostkey = SHA256:x               | 6: hostkey belongs to the direct transport",
        "create_tables = yes              | 6: create_tables belongs to the direct transport",
        "dbstring = mysql://u:canary@h/db | 6: dbstring belongs to the direct transport",
      })
  void read_whenAnHttpRemoteIsContradictory_saysSo(String line, String problem) {
    assertThat(problemsOf("url = http://h/", line))
        .singleElement()
        .asString()
        .startsWith(problem)
        .contains("expected")
        .doesNotContain("canary");
  }

  @Test
  void read_whenTheUserIsNamedTwice_wantsOne() throws Exception {
    assertThat(direct("url = dang@h", DBSTRING, "sshuser = dang").ssh().user()).isEqualTo("dang");
    assertThat(problemsOf("url = dang@h", DBSTRING, "sshuser = other"))
        .containsExactly("5: url: names another user than sshuser; expected one of the two");
  }

  @Test
  void read_whenThePortIsNamedTwice_wantsOne() throws Exception {
    assertThat(direct("url = h:2222", DBSTRING, "sshport = 2222").ssh().port()).isEqualTo(2222);
    assertThat(problemsOf("url = h:2222", DBSTRING, "sshport = 22"))
        .containsExactly("5: url: names another port than sshport; expected one of the two");
  }

  @Test
  void read_whenMuchIsWrongWithADirectRemote_tellsAllOfIt() {
    assertThat(problemsOf("url = h", DBSTRING, "sshport = x", "dbport = 0", "hostkey = md5"))
        .hasSize(3);
  }

  @Test
  void read_whenTheDatabaseBehindSshIsAFile_isRefused() {
    assertThat(problemsOf("url = h", "dbstring = sqlite:////house.db"))
        .singleElement()
        .asString()
        .startsWith("6: dbstring: a SQLite file can't be reached through a tunnel");
  }

  @Test
  void read_whenTheDatabaseBehindSshIsMalformed_tellsNoPassword() {
    assertThat(problemsOf("url = h", "dbstring = mysql://u:canary@h:x/db"))
        .singleElement()
        .asString()
        .startsWith("6: dbstring: the port")
        .doesNotContain("canary");
  }

  @Test
  void constructor_whenWayAndTransportDoNotFit_isRefused() {
    URI uri = URI.create("http://h/");

    assertThatThrownBy(
            () -> new RemoteConfig("r", TransportKind.DIRECT, Optional.of(uri), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new RemoteConfig("r", TransportKind.SYNC, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new RemoteConfig(
                    "r", TransportKind.SYNC, Optional.of(URI.create("http://h")), Optional.empty()))
        .hasMessageContaining("slash");
  }

  private DirectConfig direct(String... lines) throws Exception {
    return read(lines).direct().orElseThrow();
  }

  /** The lines stand from line 5 on, below their section's head. */
  @Test
  void read_ofWhomToTrust_takesFilesFromTheFoldersOwnAndSeveralPins() throws Exception {
    String one = "sha256/" + "A".repeat(43) + "=";
    String other = "sha256/" + "B".repeat(42) + "E=";

    HttpConfig http =
        read("url = https://h/", "ca_file = ca.pem", "pin = " + one + ", " + other).http();

    assertThat(http.trust())
        .isEqualTo(
            new Trust(
                Optional.of(folder.resolve("ca.pem")), List.of(new Pin(one), new Pin(other))));
    assertThat(http.insecure()).isFalse();
    assertThat(http.keyFile()).contains(folder.resolve("keys/h.key"));
    assertThat(read("url = https://h/").http().trust()).isEqualTo(Trust.SYSTEM);
  }

  @Test
  void read_ofWhatProtectsNothing_saysSo() {
    for (String pin : List.of("sha1/abc", "sha256/abc", "", "sha256/" + "?".repeat(44))) {
      assertThatThrownBy(() -> read("url = https://h/", "pin = \"" + pin + '"'))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is no fingerprint; expected sha256/");
    }
    for (String line : List.of("ca_file = ca.pem", "pin = sha256/" + "A".repeat(43) + "=")) {
      assertThatThrownBy(() -> read("url = http://h/", line))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("but the address is http://; expected https://");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/,          yes, true",
    "http://h/,          no,  false",
    "http://127.0.0.1/,  yes, false",
    "http://localhost/,  yes, false",
    "https://h/,         yes, false"
  })
  void isExposed_onlyWhereOthersCanReadAlong(String url, String insecure, boolean exposed)
      throws Exception {
    assertThat(read("url = " + url, "insecure_http = " + insecure).isExposed()).isEqualTo(exposed);
  }

  private RemoteConfig read(String... lines) throws Exception {
    Path file = folder.resolve("synchronise.conf");
    Files.writeString(
        file,
        """
        [locations]
        central = 1

        [central]
        """
            + String.join("\n", lines));
    return EdgeConfig.read(file, environment, Optional.of("sqlite:////house.db")).remotes().get(0);
  }

  private List<String> problemsOf(String... lines) {
    return catchThrowableOfType(ConfigException.class, () -> read(lines)).problems().stream()
        .map(problem -> problem.line() + ": " + problem.message())
        .toList();
  }
}
