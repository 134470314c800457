package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sections that describe remotes, in real files. */
class RemoteConfigTest {
  static final String DBSTRING = "dbstring = mysql://u:canary@127.0.0.1:3307/pushTest";

  @TempDir Path folder;

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
    assertThat(read(line))
        .isEqualTo(
            new RemoteConfig("central", TransportKind.AUTO, Optional.of(uri), Optional.empty()));
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
    assertThat(direct.host()).isEqualTo("127.0.0.1");
    assertThat(direct.port()).isEqualTo(22);
    assertThat(direct.database()).hasToString("mysql://u@127.0.0.1:3307/pushTest");
    assertThat(direct.lastUpdate()).contains(Instant.parse("2012-05-09T12:26:48.575828Z"));
    assertThat(direct.sshUser()).contains("dang");
    assertThat(direct.sshFolder()).contains(Path.of("/home/dang/.ssh"));
    assertThat(direct.sshKey()).contains("work_key.pub");
  }

  @Test
  void read_whenOnlyTheNecessaryIsSaid_leavesTheRestToSsh() throws Exception {
    DirectConfig direct = direct("url = 127.0.0.1", DBSTRING, "lastupdate =", "sshuser =");

    assertThat(direct.lastUpdate()).isEmpty();
    assertThat(direct.sshUser()).isEmpty();
    assertThat(direct.sshFolder()).isEmpty();
    assertThat(direct.sshKey()).isEmpty();
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

    assertThat(direct.sshUser()).isEqualTo(Optional.ofNullable(user));
    assertThat(direct.host()).isEqualTo(host);
    assertThat(direct.port()).isEqualTo(port);
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
    assertThat(direct("url = h", DBSTRING, "sshfolder = keys").sshFolder())
        .contains(folder.resolve("keys"));
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
        "resturl = http://h/    | 4: [central] has an SSH host in url and a resturl",
        "sshhost = h            | 7: unknown key sshhost in [central]; expected one of url",
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
    assertThat(direct("url = dang@h", DBSTRING, "sshuser = dang").sshUser()).contains("dang");
    assertThat(problemsOf("url = dang@h", DBSTRING, "sshuser = other"))
        .containsExactly("5: url: names another user than sshuser; expected one of the two");
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
    return EdgeConfig.read(file, Map.of(), Optional.of("sqlite:////house.db")).remotes().get(0);
  }

  private List<String> problemsOf(String... lines) {
    return catchThrowableOfType(ConfigException.class, () -> read(lines)).problems().stream()
        .map(problem -> problem.line() + ": " + problem.message())
        .toList();
  }
}
