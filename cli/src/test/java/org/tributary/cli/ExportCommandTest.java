package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.wire.Json;

class ExportCommandTest {

  @TempDir Path folder;
  Path central;
  Path csv;
  Path json;

  @BeforeEach
  void fill() throws Exception {
    central = folder.resolve("central.db");
    CentralFile.create(central);
    csv = folder.resolve("house-1-2026-03-01-2026-03-02.csv");
    json = folder.resolve("house-1-2026-03-01-2026-03-02.json");
  }

  @Test
  void export_writesTheReadingsAndBesideThemWhatIsMissing() throws Exception {
    CommandRun run = export("--house", "1 high street", "--out", folder.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines().map(String::strip))
        .contains(
            "1 High Street (house 1, Trial), 2026-03-01 to 2026-03-02",
            "incomplete   35 of 576 expected readings are missing (6.08 %):",
            "35  missed in its rhythm: can't be told")
        .anyMatch(line -> line.startsWith("541 readings in " + csv));
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + CentralFile.READINGS);
    assertThat(lines.get(0)).isEqualTo("time,nodeId,type,locationId,value,room,sensor,unit");
    assertThat(lines.get(2)).startsWith("2026-03-01T00:05:00.000000Z,37,0,1,18.01,");
    Map<?, ?> beside = (Map<?, ?>) Json.parse(Files.readAllBytes(json));
    assertThat(beside.get("rows")).isEqualTo(CentralFile.READINGS);
    assertThat(beside.get("sha256"))
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(csv))));
    Map<?, ?> completeness = (Map<?, ?>) beside.get("completeness");
    assertThat(completeness.get("expected")).isEqualTo(576);
    assertThat((List<?>) completeness.get("gaps")).hasSize(1);
    assertThat((List<?>) beside.get("columns")).hasSize(8);
  }

  @Test
  void export_ofOneDay_holdsAllOfItAndNothingElse() throws Exception {
    CommandRun run =
        CommandRun.of(
            "export",
            "--db",
            "sqlite:///" + central,
            "--house",
            "1",
            "--from",
            "2026-03-02",
            "--to",
            "2026-03-02",
            "--out",
            csv.toString());

    assertThat(run.out()).contains("288 readings in").contains("complete   nothing is missing");
    assertThat(Files.readAllLines(csv)).hasSize(289);
  }

  @Test
  void export_whenTheFileIsThere_leavesItUnlessForced() throws Exception {
    for (Path taken : List.of(csv, json)) {
      Files.writeString(taken, "somebody's");

      CommandRun run = export("--house", "1", "--out", csv.toString());

      assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
      assertThat(run.err()).contains(taken + ": is there already; --force replaces it");
      assertThat(taken).hasContent("somebody's");
      assertThat(names()).hasSize(2);
      Files.delete(taken);
    }
    Files.writeString(csv, "somebody's");

    assertThat(export("--house", "1", "--out", csv.toString(), "--force").exit()).isZero();
    assertThat(Files.readAllLines(csv)).hasSize(1 + CentralFile.READINGS);
  }

  @Test
  void export_ofAHouseThatIsNotThere_namesThoseThatAre() throws Exception {
    CommandRun run = export("--house", "7", "--out", csv.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err())
        .contains("There is no house \"7\"; there are:")
        .contains("1 High Street (house 1, Trial)");
    assertThat(names()).hasSize(1);
  }

  @Test
  void export_ofAnAddressThatTwoHousesHave_asksForTheId() throws Exception {
    Sql.run(
        central,
        "INSERT INTO Deployment (id, name) VALUES (2, 'Second')",
        "INSERT INTO House (id, deploymentId, address) VALUES (2, 2, '1 High Street')");

    CommandRun run = export("--house", "1 High Street");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("choose one by its id").contains("house 2, Second");
  }

  @Test
  void export_withJson_printsWhatStandsInTheFile() throws Exception {
    CommandRun run = export("--house", "1", "--out", csv.toString(), "--json");

    assertThat(run.out()).isEqualTo(Files.readString(json));
  }

  @Test
  void export_fromADatabaseThatBreaksHalfWay_leavesNoFile() throws Exception {
    Sql.run(central, "DROP TABLE tributary_correction"); // asked for behind the readings

    CommandRun run = export("--house", "1", "--out", csv.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
    assertThat(run.err()).contains("lacks a table or column");
    assertThat(names()).hasSize(1);
  }

  @Test
  void export_withWrongInput_saysWhatWouldDo() {
    assertThat(export("--house", "1", "--out", folder.resolve("x.json").toString()).err())
        .contains("can't end with .json");
    assertThat(export("--house", "1", "--out", folder.resolve("no/x.csv").toString()).err())
        .contains("its folder is not there");
    CommandRun missing =
        CommandRun.of(
            "export",
            "--db",
            "sqlite:///" + folder + "/no.db",
            "--house",
            "1",
            "--from",
            "2026-03-02",
            "--to",
            "2026-03-03");
    assertThat(missing.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
    assertThat(missing.err()).contains("no.db");
    CommandRun backwards =
        CommandRun.of(
            "export",
            "--db",
            "sqlite:///" + central,
            "--house",
            "1",
            "--from",
            "2026-03-02",
            "--to",
            "2026-03-01");
    assertThat(backwards.err()).contains("--to is before --from");
  }

  private CommandRun export(String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "export",
                    "--db",
                    "sqlite:///" + central,
                    "--from",
                    "2026-03-01",
                    "--to",
                    "2026-03-02"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith("-wal") && !name.endsWith("-shm"))
          .toList();
    }
  }
}
