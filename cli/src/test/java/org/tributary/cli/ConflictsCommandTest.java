package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conflicts} at a gateway whose remote keeps no books. */
class ConflictsCommandTest {

  @TempDir Path folder;

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
            "To let the other side's version count, enter it anew at either end.");
    assertThat(gateway.run("conflicts", "list", "--all").out()).contains("2  House 12, endDate");
    assertThat(gateway.run("conflicts", "list", "--json").exit())
        .isEqualTo(ExitCode.USAGE.number());
  }
}
