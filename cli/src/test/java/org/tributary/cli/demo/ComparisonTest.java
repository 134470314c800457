package org.tributary.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.Sql;
import org.tributary.cli.datagen.BelievableHouses;
import org.tributary.cli.datagen.Plan;
import org.tributary.cli.datagen.Written;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Two gateways and a central that has the same rows, which is then broken on purpose. */
class ComparisonTest {

  static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  static final String ONE_READING =
      " WHERE (time, nodeId, type) IN (SELECT time, nodeId, type FROM Reading ORDER BY time"
          + " LIMIT 1 OFFSET 700)";

  @TempDir static Path folder;
  static Written written;

  Path central;

  @BeforeAll
  static void fillBothEndsAlike() throws Exception {
    written = fill("one.db", 1).plus(fill("two.db", 101));
    Path alike = folder.resolve("alike.db");
    Files.copy(folder.resolve("one.db"), alike);
    // Central gives ids of its own: here those of the second gateway's places go up.
    Sql.run(
        alike,
        "ATTACH '" + folder.resolve("two.db") + "' AS two",
        "INSERT INTO House (id, deploymentId, address, startDate, endDate)"
            + " SELECT id + 50, deploymentId, address, startDate, endDate FROM two.House",
        "INSERT INTO Location SELECT id + 70, houseId + 50, roomId FROM two.Location",
        "INSERT INTO Node SELECT id, locationId + 70, nodeTypeId FROM two.Node",
        "INSERT INTO NodeState SELECT * FROM two.NodeState",
        "INSERT INTO Reading SELECT time, nodeId, type, locationId + 70, value FROM two.Reading");
  }

  @BeforeEach
  void copyCentral(TestInfo test) throws Exception {
    central = folder.resolve(test.getTestMethod().orElseThrow().getName() + ".db");
    Files.copy(folder.resolve("alike.db"), central);
  }

  private static Written fill(String file, long firstNode) throws Exception {
    try (TargetDatabase database = new TargetDatabase(url(file))) {
      database.upgrade();
      return BelievableHouses.in(database, new Plan(1, 4, 1, firstNode, 7), NOON).fill(rows -> {});
    }
  }

  private static DatabaseUrl url(String file) {
    return DatabaseUrl.parse("sqlite:///" + file, folder);
  }

  private Verdict compare(Table table) throws Exception {
    return Comparison.of(
        table,
        List.of(url("one.db"), url("two.db")),
        url(central.getFileName().toString()),
        rows -> {});
  }

  private void breakCentral(String sql) throws Exception {
    assertThat(Sql.run(central, sql)).isEqualTo(1);
  }

  @Test
  void of_whenBothEndsAreAlike_verifiesEveryRow() throws Exception {
    long n = written.readings();

    assertThat(compare(Tables.READING)).isEqualTo(new Verdict(n, n, 0, 0, 0, List.of()));
    assertThat(compare(Tables.NODE_STATE).verified()).isEqualTo(written.states());
    assertThat(compare(Tables.NODE_STATE).isSound()).isTrue();
  }

  @Test
  void of_whenOneReadingWasChangedInItsLastBit_noticesIt() throws Exception {
    breakCentral("UPDATE Reading SET value = value * (1 + 2.3e-16)" + ONE_READING);

    Verdict verdict = compare(Tables.READING);

    assertThat(verdict.isSound()).isFalse();
    assertThat(verdict.changed()).isEqualTo(1);
    assertThat(verdict.verified()).isEqualTo(written.readings() - 1);
    assertThat(verdict.examples()).first().asString().contains("changed on its way");
  }

  @Test
  void of_whenOneReadingIsMissing_noticesIt() throws Exception {
    breakCentral("DELETE FROM Reading" + ONE_READING);

    Verdict verdict = compare(Tables.READING);

    assertThat(verdict.isSound()).isFalse();
    assertThat(verdict.missing()).isEqualTo(1);
    assertThat(verdict.extra()).isZero();
    assertThat(verdict.verified()).isEqualTo(written.readings() - 1);
  }

  @Test
  void of_whenTheLastReadingsAreMissing_noticesThem() throws Exception {
    assertThat(Sql.run(central, "DELETE FROM Reading WHERE time > '2024-03-01 11:00'"))
        .isGreaterThan(10);

    assertThat(compare(Tables.READING).missing()).isGreaterThan(10);
  }

  @Test
  void of_whenCentralHasOneMore_noticesIt() throws Exception {
    breakCentral("INSERT INTO Reading VALUES ('2024-03-01 03:04:05.678900', 2, 0, NULL, 20)");

    Verdict verdict = compare(Tables.READING);

    assertThat(verdict.isSound()).isFalse();
    assertThat(verdict.extra()).isEqualTo(1);
    assertThat(verdict.verified()).isEqualTo(written.readings());
    assertThat(verdict.examples()).singleElement().asString().startsWith("only at central");
  }

  @Test
  void of_whenCentralHasOneMoreBehindAllOthers_noticesIt() throws Exception {
    breakCentral("INSERT INTO Reading VALUES ('2024-03-02 00:00:00.000000', 2, 0, NULL, 20)");

    assertThat(compare(Tables.READING).extra()).isEqualTo(1);
  }

  @Test
  void of_whenAReadingIsMicrosecondsLate_noticesAMissingAndAnExtraOne() throws Exception {
    breakCentral("UPDATE Reading SET time = substr(time, 1, 25) || '7'" + ONE_READING);

    Verdict verdict = compare(Tables.READING);

    assertThat(verdict.missing()).isEqualTo(1);
    assertThat(verdict.extra()).isEqualTo(1);
  }

  @Test
  void of_whenAReadingIsInAnotherRoom_noticesIt() throws Exception {
    breakCentral(
        "UPDATE Reading SET locationId = locationId % 2 + 1"
            + ONE_READING
            + " AND locationId <> locationId % 2 + 1");

    assertThat(compare(Tables.READING).changed()).isEqualTo(1);
  }

  @Test
  void of_whenALocationIsMissing_noticesIt() throws Exception {
    breakCentral("UPDATE Reading SET locationId = NULL" + ONE_READING);

    assertThat(compare(Tables.READING).changed()).isEqualTo(1);
  }

  @Test
  void of_whenANodeStateWasChanged_noticesIt() throws Exception {
    breakCentral(
        "UPDATE NodeState SET rssi = rssi - 1 WHERE (time, nodeId) IN"
            + " (SELECT time, nodeId FROM NodeState LIMIT 1 OFFSET 99)");

    assertThat(compare(Tables.NODE_STATE).changed()).isEqualTo(1);
  }
}
