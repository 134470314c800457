package org.tributary.edge.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.testbed.MinaSshServer;
import org.tributary.testbed.SshKeyFile;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

/** Keys that only OpenSSH's agent has, where there is one. */
class SshAgentTest {
  @TempDir Path folder;
  EchoServer database;
  SshServer host;
  @Nullable Process agent;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-agent")), "no ssh-agent on this machine");
    database = new EchoServer();
    host = MinaSshServer.start(SshServerPlan.usual(folder).letting("user_rsa", "user_ed25519"));
    agent =
        new ProcessBuilder("/usr/bin/ssh-agent", "-D", "-a", socket().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.log").toFile())
            .start();
    Awaitility.await().until(() -> Files.exists(socket()));
  }

  @AfterEach
  void stop() {
    if (agent != null) {
      agent.destroyForcibly();
      host.close();
      database.close();
    }
  }

  @Test
  void open_withNoKeyInAFile_signsInWithTheAgents() throws Exception {
    add("stranger_ed25519");
    add("user_rsa");
    SshKeys keys = keys(folder.resolve("id_ed25519"), false);

    way().with(keys).open(database.port()).close();
    try (SshExamination way = new SshExamination(way().with(keys).settings(), "127.0.0.1", 1)) {
      assertThat(way.signIn().orElseThrow()).startsWith("the agent's house (ssh-rsa SHA256:");
    }
  }

  @Test
  void open_withANamedKeyThatIsEncrypted_hasTheAgentSign() throws Exception {
    add("user_ed25519");
    Path key = new SshKeyFile("user_ed25519_locked").writeTo(folder);
    Files.writeString(Path.of(key + ".pub"), new SshKeyFile("user_ed25519").publicLine() + "\n");

    way().with(keys(key, true)).open(database.port()).close();
  }

  @Test
  void open_withANamedKey_offersNoOtherOfTheAgents() throws Exception {
    add("user_rsa");
    Path key = new SshKeyFile("stranger_ed25519").writeTo(folder);

    assertThatThrownBy(() -> way().with(keys(key, true)).open(database.port()))
        .isInstanceOf(SshRefusedException.class)
        .hasMessageContaining("stranger_ed25519")
        .hasMessageNotContaining("agent");
  }

  @Test
  void open_whenTheAgentIsGone_doesWithTheFiles() throws Exception {
    stopAgent();

    way()
        .with(keys(new SshKeyFile("user_ed25519").writeTo(folder), false))
        .open(database.port())
        .close();
  }

  private void stopAgent() {
    if (agent != null) {
      agent.destroyForcibly().onExit().join();
    }
  }

  private SshKeys keys(Path file, boolean chosen) {
    return new SshKeys(
        List.of(file), chosen, Optional.empty(), Optional.empty(), Optional.of(socket()));
  }

  private void add(String key) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/ssh-add", new SshKeyFile(key).writeTo(folder).toString())
            .redirectErrorStream(true);
    builder.environment().put("SSH_AUTH_SOCK", socket().toString());
    Process adding = builder.start();
    String said = new String(adding.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(adding.waitFor()).as(said).isZero();
    Files.delete(folder.resolve(key));
  }

  private Path socket() {
    return folder.resolve("agent");
  }

  private Way way() {
    return Way.to("house", host.port(), folder);
  }
}
