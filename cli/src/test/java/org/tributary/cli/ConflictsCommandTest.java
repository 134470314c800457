package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.Standstill;
import org.tributary.edge.config.EdgeConfig;

/** {@code conflicts} at a gateway whose remote keeps no books. */
class ConflictsCommandTest {

  @TempDir Path folder;

  @Test
  void list_whereNoGatewayEverPushed_saysThatItIsAnotherDatabase() throws Exception {
    Path file = folder.resolve("own.db");
    CentralFile.create(file);

    for (String command : List.of("conflicts", "mapping")) {
      CommandRun run = CommandRun.of(command, "list", "--db", "sqlite:///" + file);

      assertThat(run.err()).contains("no gateway has ever pushed to this database");
      assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    }
  }

  @Test
  void list_ofRowsThatOneEndRemoved_showsThemFieldByField() throws Exception {
    Path file = folder.resolve("central.db");
    CentralFile.create(file);
    Sql.run(
        file,
        """
        INSERT INTO tributary_gateway
          (id, name, machine, hostname, version, first_contact, last_contact, clock_offset)
        VALUES (1, 'house-a', 'm', 'h', '1', '2026-11-26 10:00:00', '2026-11-26 10:00:00', 0)
        """,
        """
        INSERT INTO tributary_conflict (gateway_id, table_name, local_id, central_id, kind,
          column_name, base_value, central_value, winner, rule, noticed)
        VALUES (1, 'House', 5, 12, 'REMOVED_THERE', '',
          '{"id":12,"address":"1 Mill Lane","endDate":null}',
          '{"id":12,"address":"1a Mill Lane","endDate":null}',
          'CENTRAL', 'edited', '2026-11-26 10:02:11')
        """);

    CommandRun run = CommandRun.of("conflicts", "list", "--db", "sqlite:///" + file);

    assertThat(run.out().lines().toList())
        .containsSubsequence(
            "1  House 12, the row as a whole: removed at the gateway, changed at central,",
            "   gateway has it no longer",
            "   central has   <- counts (edited)",
            "     id                 12",
            "     address            \"1a Mill Lane\"   (both had \"1 Mill Lane\")",
            "     endDate            nothing",
            "   gateway house-a, its House 5")
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(
            CommandRun.of("conflicts", "list", "--gateway", "nope", "--db", "sqlite:///" + file)
                .err())
        .contains("central knows no gateway nope; it knows: house-a");
  }

  @Test
  void list_ofAGateway_showsBothVersionsThatItHasOnRecord() throws Exception {
    GatewayFolder gateway = GatewayFolder.create(folder, "http://127.0.0.1:1/");
    assertThat(gateway.run("conflicts", "list").out())
        .isEqualTo("central: no conflict is on record here.\n");
    Path state = Files.createDirectories(folder.resolve("push-state"));
    Files.writeString(
        state.resolve("synchronise.central.conflicts"),
        """
        {"noticed":"2026-11-26T10:02:11Z","table":"House","local":5,"central":12,\
        "column":"address","kind":"EDITED","base":"1 Mill Lane","gatewayHas":"The Mill",\
        "centralHas":"1a Mill Lane","counts":"CENTRAL","why":"central"}
        {"noticed":"2026-11-26T10:02:11Z","table":"House","local":5,"central":12,\
        "column":"endDate","kind":"MATCHED","base":null,"gatewayHas":"2027-01-01T00:00:00",\
        "centralHas":"2028-01-01T00:00:00","counts":"CENTRAL","why":"authority"}
        {"noticed":"2026-11-2
        """);

    assertThat(gateway.run("conflicts", "list").lines())
        .containsExactly(
            "central: on record here, the newest last",
            "",
            "1  House 12, address: changed on both sides, 2026-11-26 10:02:11 UTC",
            "   both had         \"1 Mill Lane\"",
            "   gateway has      \"The Mill\"",
            "   central has      \"1a Mill Lane\"   <- counts (central)",
            "   gateway house12, its House 5",
            "",
            "To let the other side's version count, or to say that this one does:",
            "  tributary conflicts resolve NUMBER --take gateway|central --config FILE");
    assertThat(gateway.run("conflicts", "list", "--all").out()).contains("2  House 12, endDate");
    assertThat(gateway.run("conflicts", "list", "--json").exit())
        .isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void resolve_atAGateway_refusesWhatCantBeDoneAndSaysWhy() throws Exception {
    GatewayFolder gateway = GatewayFolder.create(folder, "http://127.0.0.1:1/");
    gateway.logger();
    Path state = Files.createDirectories(folder.resolve("push-state"));
    Files.writeString(
        state.resolve("synchronise.central.conflicts"),
        """
        {"number":7,"noticed":"2026-11-26T10:02:11Z","table":"House","local":5,"central":12,\
        "column":"address","kind":"EDITED","base":"1 Mill Lane","gatewayHas":"The Mill",\
        "centralHas":"1a Mill Lane","counts":"CENTRAL","why":"central"}
        """);

    GatewayFolder.Ran none = gateway.run("conflicts", "resolve", "1", "--take", "gateway");
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(none.out()).contains("There is no conflict 1; `tributary conflicts list --all");
    GatewayFolder.Ran oneWay = gateway.run("conflicts", "resolve", "7", "--take", "central");
    assertThat(oneWay.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(oneWay.out()).contains("only sends to central").contains("metadata = both");
    GatewayFolder.Ran gone = gateway.run("conflicts", "resolve", "7", "--take", "gateway");
    assertThat(gone.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(gone.out())
        .isEqualTo("House 12, address has been changed since, or is gone; nothing was done.\n");
    EdgeConfig read = EdgeConfig.read(gateway.config(), Map.of(), Optional.empty());
    try (Standstill push = Standstill.of(read)) {
      assertThat(push).isNotNull();
      assertThat(gateway.run("conflicts", "resolve", "7", "--take", "gateway").exit())
          .isEqualTo(ExitCode.ALREADY_RUNNING.number());
    }
  }
}
