package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.Secret;

/** Files that operators start from, or have had for years. */
class ExampleFilesTest {

  /** The two examples of the previous program's documentation, to the letter. */
  static final String DOCUMENTED_LOCATIONS =
      """
      [locations]
      local = 1 #Push to the server specified in the local section
      cogentee = 0 #Ignore the server specified in cogentee section
      """;

  static final String DOCUMENTED_SERVER =
      """
      #A Update config for a specific URL
      [local]
      #Url we need to transmit the data to
      url = 127.0.0.1
      #Database connection string for MSQLA
      dbstring = mysql://test_user:test_user@127.0.0.1:3307/pushTest
      #The Last time an update was sent to this host (Delete this or set to if we want to start from scratch)
      lastupdate = None
      #SSH Username
      sshuser = dang
      #URL of .ssh folder
      sshfolder = /home/dang/.ssh
      #Name of keyfile
      sshkey = work_key.pub
      """;

  @TempDir Path folder;

  @Test
  void read_theExampleThatWeShip_isUnderstood() throws Exception {
    EdgeConfig config =
        EdgeConfig.read(
            Path.of("..", "deploy", "synchronise.conf.example"), Map.of(), Optional.empty());

    assertThat(config.local()).hasToString("sqlite:////var/lib/tributary/house.db");
    assertThat(config.pushLimit()).isEqualTo(EdgeConfig.DEFAULT_PUSH_LIMIT);
    assertThat(config.syncTime()).isEqualTo(EdgeConfig.DEFAULT_SYNC_TIME);
    assertThat(config.gateway()).isEmpty();
    assertThat(config.remotes())
        .extracting(RemoteConfig::name, RemoteConfig::transport, RemoteConfig::uri)
        .containsExactly(
            tuple(
                "central",
                TransportKind.AUTO,
                Optional.of(URI.create("https://central.example.org/"))));
    assertThat(config.disabled()).containsExactly("oldrest", "olddirect");
  }

  @Test
  void read_theExampleThatWeShip_isUnderstoodWithEverythingSwitchedOn() throws Exception {
    String example = Files.readString(Path.of("..", "deploy", "synchronise.conf.example"));

    EdgeConfig config =
        EdgeConfig.read(
            write(example.replaceAll("(?m)^(old\\w+) = 0", "$1 = 1")), Map.of(), Optional.empty());

    assertThat(config.remotes())
        .extracting(RemoteConfig::transport)
        .containsExactly(TransportKind.AUTO, TransportKind.AUTO, TransportKind.DIRECT);
  }

  @Test
  void read_theDocumentedSshForm_isUnderstood() throws Exception {
    EdgeConfig config =
        EdgeConfig.read(
            write(DOCUMENTED_LOCATIONS + DOCUMENTED_SERVER),
            Map.of(),
            Optional.of("mysql://chuser@localhost/ch"));

    assertThat(config.disabled()).containsExactly("cogentee");
    RemoteConfig local = config.remotes().get(0);
    assertThat(local.name()).isEqualTo("local");
    assertThat(local.transport()).isEqualTo(TransportKind.DIRECT);
    DirectConfig direct = local.direct().orElseThrow();
    assertThat(direct.ssh().host()).isEqualTo("127.0.0.1");
    assertThat(direct.database().jdbc()).isEqualTo("jdbc:mariadb://127.0.0.1:3306/pushTest");
    assertThat(direct.database().user()).contains("test_user");
    assertThat(direct.database().password()).contains(new Secret("test_user"));
    assertThat(direct.lastUpdate()).isEmpty();
    assertThat(direct.ssh().user()).isEqualTo("dang");
    assertThat(direct.ssh().keys().files()).containsExactly(Path.of("/home/dang/.ssh/work_key"));
  }

  /** As the previous program's REST scripts had it, with a capital in {@code localUrl}. */
  @Test
  void read_theLaterRestForm_isUnderstood() throws Exception {
    EdgeConfig config =
        EdgeConfig.read(
            write(
                """
                [general]
                #localUrl = sqlite:///pushSource.db
                localUrl = mysql://chuser@localhost/pushSource
                pushlimit = 10000
                #pushlimit = 10
                synctime = 10

                [locations]
                local = 1
                cogentee = 0

                [local]
                resturl = http://127.0.0.1:6543/rest/

                [cogentee]
                resturl = http://cogentee.example.org/dataView/rest/
                """),
            Map.of(),
            Optional.empty());

    assertThat(config.local()).hasToString("mysql://chuser@localhost:3306/pushSource");
    assertThat(config.syncTime()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.remotes())
        .extracting(RemoteConfig::name, RemoteConfig::transport, RemoteConfig::uri)
        .containsExactly(
            tuple(
                "local",
                TransportKind.AUTO,
                Optional.of(URI.create("http://127.0.0.1:6543/rest/"))));
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("synchronise.conf"), text);
  }
}
