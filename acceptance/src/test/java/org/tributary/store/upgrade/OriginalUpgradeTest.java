package org.tributary.store.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.upgrade.Stopping.Killed;

/** Databases of all revisions, brought to the latest one, on every engine. */
class OriginalUpgradeTest {

  private static final UpgradeListener NOBODY =
      new UpgradeListener() {
        @Override
        public void begins(Step step) {}

        @Override
        public void runs(String statement) {}

        @Override
        public void ran(String statement) {}
      };

  private static final UpgradeOptions FOLD =
      new UpgradeOptions(Chain.GATEWAY, true, Optional.empty(), false);

  private static final List<Revision> ALL_KINDS =
      List.of(
          Revision.BEFORE_ALL,
          Revision.ORIGINAL,
          Revision.LOCATION,
          Revision.PUSH_SCRIPT,
          Revision.NODE_TYPES,
          Revision.INDEXES,
          Revision.SEQUENCE_NUMBERS,
          Revision.GAS,
          Revision.RELABELLED,
          Revision.PUSH_STATUS,
          Revision.SERVERS,
          Revision.NO_HOUSE_OF_SERVER,
          Revision.SERVER_OF_HOUSE,
          Revision.STATE_KEY,
          Revision.JOINED);

  /** Those between which the plan has most to do otherwise. */
  private static final List<Revision> SOME_KINDS =
      List.of(
          Revision.BEFORE_ALL,
          Revision.LOCATION,
          Revision.SEQUENCE_NUMBERS,
          Revision.GAS,
          Revision.SERVERS,
          Revision.STATE_KEY,
          Revision.JOINED);

  /** All on MariaDB, which the original programs were made for. */
  static Stream<Arguments> revisions() {
    return Stream.of(TestEngine.values())
        .flatMap(
            engine ->
                (engine == TestEngine.MARIADB ? ALL_KINDS : SOME_KINDS)
                    .stream().map(revision -> Arguments.of(engine, revision)));
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void run_fromEachRevision_endsAsAFreshInstallationWithAllRows(
      TestEngine engine, Revision revision) throws Exception {
    OldDatabase old = OldDatabase.of(engine, revision);
    DatabaseInfo info = DatabaseInfo.of(old.parsed());
    Recognition recognition = info.recognition().orElseThrow();
    assertThat(info.sort()).isEqualTo(DatabaseInfo.Sort.ORIGINAL);
    assertThat(recognition.disagrees()).as("%s", recognition).isFalse();
    assertThat(recognition.stamped())
        .isEqualTo(Optional.of(revision).filter(each -> each != Revision.BEFORE_ALL));
    assertThat(info.rows()).containsEntry("Reading", 21L);
    assertThat(info.differences()).isNotEmpty();

    Plan plan = upgrade(old.parsed());

    assertThat(plan.notes()).allSatisfy(note -> assertThat(note).contains("sequence number"));
    assertThat(old.lines("SELECT version_num FROM alembic_version"))
        .containsExactly("b90c0470e9da ");
    assertThat(DatabaseInfo.of(old.parsed()).differences()).isEmpty();
    assertThat(DatabaseInfo.of(old.parsed()).isUnderWay()).isFalse();
    assertThat(shape(old.url)).containsAllEntriesOf(freshShape(engine));
    assertThat(old.measured()).isEqualTo(expected(engine, revision));
    assertThat(old.lines("SELECT name FROM @SensorType@ WHERE id = 20"))
        .containsExactly("Delta CO2 ");
    // The programs go on with it.
    old.run("INSERT INTO @Pushstatus@ (hostname) VALUES ('next')");
    old.run("INSERT INTO @Location@ (@houseId@, @roomId@) VALUES (1, 2)");
    assertThatThrownBy(() -> old.run("INSERT INTO @Location@ (@houseId@, @roomId@) VALUES (1, 2)"))
        .isInstanceOf(SQLException.class);

    assertThat(plan(old.parsed()).steps()).isEmpty();
  }

  /** What an upgraded database measured; readings of the first revisions are all placed. */
  private static List<String> expected(TestEngine engine, Revision revision) throws Exception {
    OldDatabase latest = OldDatabase.of(engine, Revision.JOINED);
    if (revision.isBefore(Revision.LOCATION)) {
      latest.run("UPDATE @Reading@ SET @locationId@ = 2 WHERE @nodeId@ = 38");
    }
    if (revision.isBefore(Revision.SEQUENCE_NUMBERS)) {
      latest.run("UPDATE @NodeState@ SET seq_num = 0");
    }
    if (revision.isBefore(Revision.SIGNAL_STRENGTH)) {
      latest.run("UPDATE @NodeState@ SET rssi = NULL");
    }
    return latest.measured();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void run_stoppedAtEachStatement_endsAsOneRunDoes(TestEngine engine) throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.ORIGINAL);
    // Where all is one transaction each try begins anew, so a few places tell as much.
    Stopping stopping = new Stopping(engine == TestEngine.MARIADB ? 1 : 12);
    boolean ended = false;
    while (!ended) {
      try (OriginalUpgrade upgrade =
          OriginalUpgrade.open(old.parsed(), UpgradeOptions.USUAL, true)) {
        upgrade.run(stopping);
        ended = true;
      } catch (Killed e) {
        assertThat(stopping.places()).isLessThan(500);
      }
    }

    assertThat(stopping.places()).isGreaterThan(80);
    assertThat(old.measured()).isEqualTo(expected(engine, Revision.ORIGINAL));
    assertThat(DatabaseInfo.of(old.parsed()).differences()).isEmpty();
    assertThat(shape(old.url)).containsAllEntriesOf(freshShape(engine));
    assertThat(plan(old.parsed()).steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void plan_changesNothing(TestEngine engine) throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.ORIGINAL);
    List<String> before = definitions(old);

    Plan plan = plan(old.parsed());

    assertThat(plan.steps()).extracting(Step::name).contains("31851b4865f1", "162edc9b6f88");
    assertThat(definitions(old)).isEqualTo(before);
    assertThat(old.lines("SELECT COUNT(*) FROM @Reading@ WHERE type = 20")).containsExactly("3.0 ");
  }

  @ParameterizedTest
  @EnumSource
  void run_whereRowsDoNotAllowAKey_keepsThemAndLeavesItOut(TestEngine engine) throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.SERVER_OF_HOUSE);
    old.run(
        "INSERT INTO @NodeState@ (time, @nodeId@, parent, @localtime@, seq_num, rssi)"
            + " VALUES ('2013-01-01 00:00:00', 37, 1, 1, 0, -1)");
    old.run(
        "INSERT INTO @Reading@ (time, @nodeId@, type, value)"
            + " VALUES ('2013-01-01 00:00:00', 37, 0, 5)");

    Plan plan = upgrade(old.parsed());

    assertThat(plan.notes())
        .anySatisfy(note -> assertThat(note).contains("NodeState stays without its primary key"))
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("Reading stays without its primary key")
                    .contains("1 row has the key of another and differs"));
    assertThat(old.lines("SELECT COUNT(*) FROM @Reading@")).containsExactly("22.0 ");
    assertThat(old.lines("SELECT COUNT(*) FROM @NodeState@")).containsExactly("10.0 ");
    assertThat(plan(old.parsed()).steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void run_withExactCopies_foldsThemOnlyIfTold(TestEngine engine) throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.SERVER_OF_HOUSE);
    for (int i = 0; i < 2; i++) {
      old.run(
          "INSERT INTO @NodeState@ (time, @nodeId@, parent, @localtime@, seq_num, rssi)"
              + " VALUES ('2013-01-01 00:00:00', 37, 0, 5000000000, 0, -60)");
    }
    old.run(
        "INSERT INTO @Reading@ (time, @nodeId@, type, value, @locationId@)"
            + " VALUES ('2013-01-01 00:00:00', 37, 0, 32.14, 1)");

    Plan plan = upgrade(old.parsed());
    assertThat(plan.notes()).anySatisfy(note -> assertThat(note).contains("--fold-copies"));
    assertThat(old.lines("SELECT COUNT(*) FROM @Reading@")).containsExactly("22.0 ");
    assertThat(old.lines("SELECT COUNT(*) FROM @NodeState@")).containsExactly("11.0 ");

    try (OriginalUpgrade upgrade = OriginalUpgrade.open(old.parsed(), FOLD, true)) {
      assertThat(upgrade.plan().notes())
          .anySatisfy(note -> assertThat(note).contains("2 rows of NodeState are exact copies"));
      upgrade.run(NOBODY);
    }
    assertThat(old.measured()).isEqualTo(expected(engine, Revision.SERVER_OF_HOUSE));
    assertThat(DatabaseInfo.of(old.parsed()).differences()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void run_whereRowsHaveNoParent_leavesTheForeignKeyOut(TestEngine engine) throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.STATE_KEY);
    old.run(
        "INSERT INTO @Reading@ (time, @nodeId@, type, value)"
            + " VALUES ('2013-01-01 00:00:00', 99, 0, 5)");

    Plan plan = upgrade(old.parsed());

    assertThat(plan.notes())
        .containsExactly(
            "Reading.nodeId stays without its foreign key: 1 row refers to no row of Node");
    assertThat(old.lines("SELECT COUNT(*) FROM @Reading@")).containsExactly("22.0 ");
  }

  @ParameterizedTest
  @EnumSource
  void run_stampedByHand_goesByTheTablesAndAsksWhatTheyDoNotTell(TestEngine engine)
      throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.SIGNAL_STRENGTH);
    old.run("UPDATE alembic_version SET version_num = 'b90c0470e9da'");
    Recognition recognition = DatabaseInfo.of(old.parsed()).recognition().orElseThrow();
    assertThat(recognition.disagrees()).isTrue();
    assertThat(recognition.from()).isEqualTo(Revision.SIGNAL_STRENGTH);

    assertThatThrownBy(() -> upgrade(old.parsed()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("--sensor-types old");

    UpgradeOptions told = new UpgradeOptions(Chain.SERVER, false, Optional.of(false), false);
    try (OriginalUpgrade upgrade = OriginalUpgrade.open(old.parsed(), told, true)) {
      upgrade.run(NOBODY);
    }
    assertThat(old.measured()).isEqualTo(expected(engine, Revision.SIGNAL_STRENGTH));
    assertThat(old.lines("SELECT version_num FROM alembic_version"))
        .containsExactly("1a04848f8857 ");
  }

  /** A row that changes under way must not go unnoticed. */
  @ParameterizedTest
  @EnumSource
  void run_whenARowIsNotWhatItWas_endsWithAnErrorThatSaysSo(TestEngine engine) throws Exception {
    OldDatabase old = OldDatabase.of(engine, Revision.RELABELLED);
    String meddling = "UPDATE @Reading@ SET value = 1 WHERE @nodeId@ = 37";
    switch (engine) {
      case MARIADB ->
          old.run("CREATE TRIGGER m AFTER INSERT ON @SensorType@ FOR EACH ROW " + meddling);
      case SQLITE ->
          old.run("CREATE TRIGGER m AFTER INSERT ON @SensorType@ BEGIN " + meddling + "; END");
      case POSTGRESQL -> {
        old.run(
            "CREATE FUNCTION m() RETURNS trigger AS $$ BEGIN "
                + meddling
                + "; RETURN NULL; END $$ LANGUAGE plpgsql");
        old.run("CREATE TRIGGER m AFTER INSERT ON @SensorType@ FOR EACH ROW EXECUTE FUNCTION m()");
      }
    }

    assertThatThrownBy(() -> upgrade(old.parsed()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Reading has as many rows as before, and they are not the same");

    assertThat(old.lines("SELECT version_num FROM alembic_version"))
        .containsExactly("162edc9b6f88 ");
    UpgradeOptions accepting = new UpgradeOptions(Chain.GATEWAY, false, Optional.empty(), true);
    try (OriginalUpgrade upgrade = OriginalUpgrade.open(old.parsed(), accepting, true)) {
      upgrade.run(NOBODY);
    }
    assertThat(plan(old.parsed()).steps()).isEmpty();
  }

  private static Plan upgrade(DatabaseUrl url) throws StoreException {
    try (OriginalUpgrade upgrade = OriginalUpgrade.open(url, UpgradeOptions.USUAL, true)) {
      Plan plan = upgrade.plan();
      upgrade.run(NOBODY);
      return plan;
    }
  }

  private static Plan plan(DatabaseUrl url) throws StoreException {
    try (OriginalUpgrade upgrade = OriginalUpgrade.open(url, UpgradeOptions.USUAL, false)) {
      return upgrade.plan();
    }
  }

  private static List<String> definitions(OldDatabase old) throws StoreException {
    try (OriginalUpgrade upgrade =
        OriginalUpgrade.open(old.parsed(), UpgradeOptions.USUAL, false)) {
      return upgrade.definitions();
    }
  }

  private static Map<String, String> freshShape(TestEngine engine) throws SQLException {
    String url = engine.freshDatabase();
    try (Connection connection = TestEngine.connect(url)) {
      OriginalSchema.create(connection, engine);
    }
    return shape(url);
  }

  /** Columns and primary key of each table, by the driver alone. */
  private static Map<String, String> shape(String url) throws SQLException {
    Map<String, String> shape = new TreeMap<>();
    try (Connection connection = TestEngine.connect(url)) {
      DatabaseMetaData metaData = connection.getMetaData();
      Map<String, TreeSet<String>> columns = new TreeMap<>();
      try (ResultSet found =
          metaData.getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
        while (found.next()) {
          columns
              .computeIfAbsent(
                  found.getString("TABLE_NAME").toLowerCase(Locale.ROOT), name -> new TreeSet<>())
              .add(found.getString("COLUMN_NAME"));
        }
      }
      for (String table : columns.keySet()) {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet found =
            metaData.getPrimaryKeys(
                connection.getCatalog(), connection.getSchema(), spelled(connection, table))) {
          while (found.next()) {
            key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
          }
        }
        shape.put(table, columns.get(table) + " key " + key.values());
      }
    }
    return shape;
  }

  private static String spelled(Connection connection, String lower) throws SQLException {
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
      while (found.next()) {
        if (found.getString("TABLE_NAME").equalsIgnoreCase(lower)) {
          return found.getString("TABLE_NAME");
        }
      }
    }
    return lower;
  }
}
