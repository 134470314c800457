package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mapping} at a central to which two gateways push whose nodes are numbered alike. */
class MappingCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path firstFolder;
  @TempDir Path secondFolder;

  Path centralFile;
  Central central;
  GatewayFolder second;

  @BeforeEach
  void setUp() throws Exception {
    centralFile = centralFolder.resolve("central.db");
    central = new Central(centralFile);
    GatewayFolder first = GatewayFolder.create(firstFolder, central.url());
    first.logger().withReading("2026-03-01 12:00:00", 37);
    first.push();
    second = GatewayFolder.create(secondFolder, central.url());
    second.configure(
        """
        [general]
        localurl = sqlite:///house.db
        gateway = house13
        [locations]
        central = 1
        [central]
        url = %s
        """
            .formatted(central.url()));
    second
        .logger()
        .run("UPDATE House SET address = '2 Mill Lane'")
        .withReading("2026-03-01 12:00:00", 37);
    second.push();
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void commandsThatAreListed_decideAndUndoWhileCentralRuns() {
    CommandRun open = mapping("list", "--open");
    assertThat(open.out())
        .contains("house13 Node 37, claimed by another gateway")
        .contains("  $ tributary mapping different house13 Node 37");

    assertThat(mapping("different", "house13", "Node", "37", "--dry-run").out())
        .contains("It would:", "create 1 Node", "store 1 row that has waited");
    assertThat(mapping("list", "--open").out()).isEqualTo(open.out());
    CommandRun done = mapping("different", "house13", "node", "37", "--by", "ann");
    assertThat(done.out()).contains("Decision 1 stands");
    assertThat(done.exit()).isZero();

    assertThat(mapping("list", "--table", "Node").out())
        .contains("37 → 1000000: decided by ann on", "1: house13 Node 37 is another thing");
    assertThat(mapping("list", "--json").out()).contains("\"verdict\" : \"DIFFERENT\"");
    assertThat(second.run("verify").out()).contains("the only row is the same at both ends");
    assertThat(mapping("undo", "1").out()).contains("Decision 1 is undone");
    assertThat(mapping("list", "--open").out()).contains("house13 Node 37, claimed");
  }

  @Test
  void wrongInput_isRefusedInOneLine() {
    for (List<String> words :
        List.of(
            List.of("different", "nobody", "Node", "37"),
            List.of("different", "house13", "Reading", "37"),
            List.of("different", "house13", "Location", "1"),
            List.of("same", "house13", "Node", "37", "99"),
            List.of("moved", "house13", "99"),
            List.of("undo", "5"),
            List.of("list", "--gateway", "nobody"))) {
      CommandRun run = mapping(words.toArray(String[]::new));

      assertThat(run.exit()).as(words.toString()).isEqualTo(ExitCode.USAGE.number());
      assertThat(run.err().lines().toList()).as(words.toString()).hasSize(1);
    }
  }

  private CommandRun mapping(String... words) {
    return CommandRun.of(
        Stream.of(
                Stream.of("mapping"),
                Stream.of(words),
                Stream.of("--db", "sqlite:///" + centralFile))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }
}
