package org.tributary.store.upgrade;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/** A gateway's database as the original chain of revisions has left it, with what it measured. */
final class OldDatabase {

  private static final String HOUSES =
      "INSERT INTO @House@ (id, @deploymentId@, address) VALUES (1, 1, '1 Mill Lane'),"
          + " (2, 1, '2 Mill Lane')";

  final TestEngine engine;
  final String url;
  private final Revision revision;
  private @Nullable Connection building;

  private OldDatabase(TestEngine engine, Revision revision) {
    this.engine = engine;
    this.url = engine.freshDatabase();
    this.revision = revision;
  }

  static OldDatabase of(TestEngine engine, Revision revision) throws SQLException {
    OldDatabase database = new OldDatabase(engine, revision);
    try (Connection connection = TestEngine.connect(database.url)) {
      connection.setAutoCommit(false); // a commit for each row would take most of the time
      database.building = connection;
      database.create();
      database.fill();
      connection.commit();
      database.building = null;
    }
    return database;
  }

  DatabaseUrl parsed() {
    return DatabaseUrl.parse(url, Path.of("/"));
  }

  private boolean is(Revision since) {
    return !revision.isBefore(since);
  }

  private String iff(Revision since, String then) {
    return is(since) ? then : "";
  }

  private String until(Revision end, String then) {
    return is(end) ? "" : then;
  }

  private void create() throws SQLException {
    String id =
        switch (engine) {
          case MARIADB -> "id INT(11) NOT NULL AUTO_INCREMENT PRIMARY KEY";
          case POSTGRESQL -> "id SERIAL PRIMARY KEY";
          case SQLITE -> "id INTEGER NOT NULL PRIMARY KEY";
        };
    String time = engine == TestEngine.POSTGRESQL ? "TIMESTAMP" : "DATETIME";
    String tail =
        engine == TestEngine.MARIADB
            ? (is(Revision.TRANSACTIONS) ? " ENGINE=InnoDB" : " ENGINE=MyISAM")
            : "";
    List<String> tables =
        new ArrayList<>(
            List.of(
                "@Deployment@ (ID, name VARCHAR(255), description VARCHAR(255),"
                    + " @startDate@ TIME, @endDate@ TIME)",
                "@House@ (ID, @deploymentId@ INTEGER, address VARCHAR(255), @startDate@ TIME,"
                    + " @endDate@ TIME"
                    + iff(Revision.SERVER_OF_HOUSE, ", serverid INTEGER")
                    + ")",
                "@RoomType@ (ID, name VARCHAR(20))",
                "@Room@ (ID, @roomTypeId@ INTEGER, name VARCHAR(20))",
                "@NodeType@ (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20), time TIME,"
                    + " seq INTEGER, updated_seq INTEGER, period INTEGER, blink BOOLEAN,"
                    + " configured VARCHAR(10))",
                "@Node@ (id INTEGER NOT NULL PRIMARY KEY, "
                    + (is(Revision.LOCATION)
                        ? "@locationId@ INTEGER, "
                        : "@houseId@ INTEGER, @roomId@ INTEGER, ")
                    + "@nodeTypeId@ INTEGER)",
                "@SensorType@ (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255),"
                    + " code VARCHAR(50), units VARCHAR(20), c0 FLOAT, c1 FLOAT, c2 FLOAT,"
                    + " c3 FLOAT)",
                "@Sensor@ (ID, @sensorTypeId@ INTEGER, @nodeId@ INTEGER,"
                    + " @calibrationSlope@ FLOAT, @calibrationOffset@ FLOAT)",
                "@NodeState@ ("
                    + until(Revision.STATE_KEY, "ID, ")
                    + "time TIME, @nodeId@ INTEGER, parent INTEGER, @localtime@ BIGINT"
                    + iff(Revision.SEQUENCE_NUMBERS, ", seq_num INTEGER")
                    + iff(Revision.SIGNAL_STRENGTH, ", rssi INTEGER")
                    + iff(
                        Revision.STATE_KEY,
                        ", PRIMARY KEY (@nodeId@, time, seq_num),"
                            + " UNIQUE (time, @nodeId@, seq_num)")
                    + ")",
                "@Reading@ ("
                    + (is(Revision.LOCATION)
                        ? "time TIME NOT NULL, @nodeId@ INTEGER NOT NULL, type INTEGER NOT NULL,"
                            + " value FLOAT, @locationId@ INTEGER"
                        : "ID, time TIME, @nodeId@ INTEGER, type INTEGER, value FLOAT")
                    + ")"));
    if (is(Revision.ORIGINAL)) {
      tables.add("@LastReport@ (name VARCHAR(40) NOT NULL PRIMARY KEY, value VARCHAR(4096))");
      tables.add("alembic_version (version_num VARCHAR(32) NOT NULL)");
    }
    if (is(Revision.LOCATION)) {
      tables.add("@Location@ (ID, @houseId@ INTEGER, @roomId@ INTEGER)");
    }
    if (is(Revision.PUSH_SCRIPT)) {
      tables.add("@Host@ (ID, hostname VARCHAR(255), lastupdate TIME)");
      tables.add("@RawMessage@ (id INTEGER PRIMARY KEY, time TIME, @pickedObject@ VARCHAR(400))");
      tables.add(
          "@UploadURL@ (id INTEGER PRIMARY KEY, url VARCHAR(100), dburl VARCHAR(100),"
              + " @lastUpdate@ TIME)");
    }
    if (is(Revision.PUSH_STATUS)) {
      tables.add(
          "@Pushstatus@ (id INTEGER, time TIME, @localtime@ TIME, hostname VARCHAR(25)"
              + iff(Revision.VERSIONS, ", version VARCHAR(20)")
              + ")");
    }
    if (is(Revision.SERVERS)) {
      tables.add(
          "@Server@ (ID, hostname VARCHAR(255), baseid INTEGER"
              + iff(Revision.VERSIONS, ", rpc INTEGER")
              + until(Revision.NO_HOUSE_OF_SERVER, ", houseid INTEGER")
              + ")");
    }
    if (is(Revision.NODE_BOOTS)) {
      tables.add(
          "@NodeBoot@ (time TIME NOT NULL, @nodeId@ INTEGER NOT NULL, clustered BOOLEAN,"
              + " version VARCHAR(20), PRIMARY KEY (time, @nodeId@))");
    }
    for (String table : tables) {
      run("CREATE TABLE " + table.replace("ID, ", id + ", ").replace("TIME", time) + tail);
    }
    if (is(Revision.INDEXES)) {
      run("CREATE INDEX ns_1 ON @NodeState@ (time, @nodeId@, @localtime@)");
      run("CREATE INDEX r_1 ON @Reading@ (time, @nodeId@, type)");
    }
    if (is(Revision.LOCATION) && is(Revision.TRANSACTIONS) && engine != TestEngine.SQLITE) {
      run("ALTER TABLE @Location@ ADD FOREIGN KEY (@houseId@) REFERENCES @House@ (id)");
    }
  }

  private void fill() throws SQLException {
    run("INSERT INTO @Deployment@ (id, name) VALUES (1, 'Mill')");
    run(HOUSES);
    run("INSERT INTO @RoomType@ (id, name) VALUES (1, 'Bedroom')");
    run("INSERT INTO @Room@ (id, @roomTypeId@, name) VALUES (1, 1, 'Attic'), (2, 1, 'Cellar')");
    Rows sensorTypes = Schema.seeds(Tables.SENSOR_TYPE);
    for (int row = 0; row < sensorTypes.size(); row++) {
      long id = sensorTypes.longAt(sensorTypes.indexOf("id"), row);
      if (id < 40 || id > 47 || is(Revision.BLACK_BULBS)) {
        String old = id == 20 && !is(Revision.RELABELLED) ? "Opti Smart Count" : "";
        run(
            "INSERT INTO @SensorType@ (id, name, code, units) VALUES (%d, '%s', '%s', '%s')"
                .formatted(
                    id,
                    old.isEmpty() ? sensorTypes.value("name", row) : old,
                    sensorTypes.value("code", row),
                    sensorTypes.value("units", row)));
      }
    }
    run("INSERT INTO @NodeType@ (id, name) VALUES (0, 'Base'), (1, 'Current Cost')");
    if (is(Revision.LOCATION)) {
      run("INSERT INTO @Location@ (id, @houseId@, @roomId@) VALUES (1, 1, 1), (2, 2, 2)");
      run(
          "INSERT INTO @Node@ (id, @locationId@, @nodeTypeId@) VALUES (37, 1, 0), (38, 2, 0),"
              + " (39, NULL, 1)");
    } else {
      run(
          "INSERT INTO @Node@ (id, @houseId@, @roomId@, @nodeTypeId@) VALUES (37, 1, 1, 0),"
              + " (38, 2, 2, 0), (39, NULL, NULL, 1)");
    }
    run("INSERT INTO @Sensor@ (@sensorTypeId@, @nodeId@, @calibrationSlope@) VALUES (0, 37, 1.25)");
    boolean relabelled = is(Revision.RELABELLED);
    int[] types =
        relabelled ? new int[] {0, 2, 40, 41, 22, 23, 43} : new int[] {0, 2, 20, 21, 22, 23, 24};
    for (int node = 37; node <= 39; node++) {
      for (int i = 0; i < types.length; i++) {
        run(
            "INSERT INTO @Reading@ (time, @nodeId@, type, value%s) VALUES ('%s', %d, %d, %s%s)"
                .formatted(
                    iff(Revision.LOCATION, ", @locationId@"),
                    time(i),
                    node,
                    types[i],
                    i == 5 ? "NULL" : "32.14",
                    iff(
                        Revision.LOCATION,
                        // One was measured before anybody said where the node hangs.
                        node == 39 || (node == 38 && i == 0) ? ", NULL" : ", " + (node - 36))));
      }
      for (int i = 0; i < 3; i++) {
        run(
            "INSERT INTO @NodeState@ (time, @nodeId@, parent, @localtime@%s%s) VALUES ('%s', %d, 0, %d%s%s)"
                .formatted(
                    iff(Revision.SEQUENCE_NUMBERS, ", seq_num"),
                    iff(Revision.SIGNAL_STRENGTH, ", rssi"),
                    time(i),
                    node,
                    5_000_000_000L + i,
                    iff(Revision.SEQUENCE_NUMBERS, ", " + i),
                    iff(Revision.SIGNAL_STRENGTH, ", -60")));
      }
    }
    if (is(Revision.PUSH_STATUS)) {
      run("INSERT INTO @Pushstatus@ (time, hostname) VALUES ('%s', 'g1')".formatted(time(0)));
      run("INSERT INTO @Pushstatus@ (time, hostname) VALUES ('%s', 'g2')".formatted(time(1)));
    }
    if (is(Revision.SERVERS)) {
      run("INSERT INTO @Server@ (hostname, baseid) VALUES ('g1', 37)");
    }
    if (is(Revision.ORIGINAL)) {
      run("INSERT INTO alembic_version VALUES ('%s')".formatted(revision.id()));
    }
    if (engine == TestEngine.POSTGRESQL) {
      for (String table : List.of("Deployment", "House", "RoomType", "Room")) {
        run("SELECT setval(pg_get_serial_sequence('\"%s\"', 'id'), 100)".formatted(table));
      }
      if (is(Revision.LOCATION)) {
        run("SELECT setval(pg_get_serial_sequence('\"Location\"', 'id'), 100)");
      }
    }
  }

  private static String time(int i) {
    return "2013-01-01 00:%02d:00".formatted(i);
  }

  void run(String sql) throws SQLException {
    if (building != null) {
      try (Statement statement = building.createStatement()) {
        statement.execute(spelled(sql));
      }
      return;
    }
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(spelled(sql));
    }
  }

  /** All rows that a query finds, a line each, in order. */
  List<String> lines(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = TestEngine.connect(url);
        var select = connection.prepareStatement(spelled(sql));
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          Object value = found.getObject(i);
          line.append(value instanceof Number number ? number.doubleValue() : value).append(' ');
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  /** Readings and states as they have to be in the end, whatever the revision. */
  List<String> measured() throws SQLException {
    List<String> all =
        new ArrayList<>(
            lines(
                """
                SELECT r.time, r.@nodeId@, r.type, r.value, h.address, m.name
                FROM @Reading@ r
                LEFT JOIN @Location@ l ON l.id = r.@locationId@
                LEFT JOIN @House@ h ON h.id = l.@houseId@
                LEFT JOIN @Room@ m ON m.id = l.@roomId@
                ORDER BY r.time, r.@nodeId@, r.type
                """));
    all.addAll(
        lines(
            "SELECT time, @nodeId@, parent, @localtime@, seq_num, rssi FROM @NodeState@"
                + " ORDER BY time, @nodeId@, seq_num"));
    return all;
  }

  String spelled(String sql) {
    return sql.replace("@", engine.quoted("").substring(1));
  }
}
