package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tributary.acceptance.faults.Oracle.Row;
import org.tributary.acceptance.servers.OriginalHouse;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;

/**
 * A gateway's folder: a SQLite database of the original schema, its logger, and a configuration
 * beside it. What the logger has committed, the oracle is told. One thread logs.
 */
final class Site implements AutoCloseable {

  private static final int[] NODES = {1, 2, 10, 11};
  private static final int[] TYPES = {0, 2};
  private static final Duration TICK = Duration.ofMillis(250);
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private final String name;
  private final Path folder;
  private final Oracle oracle;
  private final Random random;
  private final Map<Integer, String> places = new HashMap<>();
  private final LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC).withNano(0).minusHours(20);
  private Connection connection;
  private int instants;

  /** A house with nodes, rooms and nothing measured; its addresses end with these words. */
  Site(String name, String words, Path folder, Oracle oracle, long seed)
      throws IOException, SQLException {
    this.name = name;
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.oracle = oracle;
    this.random = new Random(seed);
    this.connection = open();
    OriginalSchema.create(connection, TestEngine.SQLITE);
    OriginalHouse.load(connection, TestEngine.SQLITE, 0);
    try (PreparedStatement address =
        connection.prepareStatement("UPDATE House SET address = address || ?")) {
      address.setString(1, words);
      address.executeUpdate();
    }
    try (Statement statement = connection.createStatement();
        ResultSet place =
            statement.executeQuery(
                """
                SELECT n.id, h.address, m.name FROM Node n
                JOIN Location l ON l.id = n.locationId
                JOIN House h ON h.id = l.houseId
                JOIN Room m ON m.id = l.roomId
                """)) {
      while (place.next()) {
        places.put(place.getInt(1), "|" + place.getString(2) + "|" + place.getString(3));
      }
    }
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  Path file() {
    return folder.resolve("house.db");
  }

  Path configuration() {
    return folder.resolve("synchronise.conf");
  }

  /** Writes the configuration with one remote. */
  void configure(String url) throws IOException {
    Files.writeString(
        configuration(),
        """
        [general]
        localurl = sqlite:///%s
        gateway = %s
        synctime = 1s
        pushlimit = 50
        [locations]
        central = 1
        [central]
        url = %s
        """
            .formatted(file(), name, url));
  }

  /** Logs that many more instants, each a transaction. */
  void log(int moreInstants) throws SQLException {
    for (int i = 0; i < moreInstants; i++) {
      log(begin.plus(TICK.multipliedBy(instants)), random.nextGaussian() * 20);
    }
  }

  /** Logs an instant at that time: all nodes, all with values around that one. */
  List<Row> log(LocalDateTime time, double value) throws SQLException {
    List<Row> rows = new ArrayList<>();
    connection.setAutoCommit(false);
    try (PreparedStatement readings =
            connection.prepareStatement(
                """
                INSERT INTO Reading (time, nodeId, type, locationId, value)
                VALUES (?, ?, ?, (SELECT locationId FROM Node WHERE id = ?), ?)
                """);
        PreparedStatement states =
            connection.prepareStatement(
                """
                INSERT INTO NodeState (time, nodeId, parent, localtime, seq_num, rssi)
                VALUES (?, ?, 1, ?, ?, -60)
                """)) {
      for (int node : NODES) {
        for (int type : TYPES) {
          double its = value + type;
          readings.setString(1, FORM.format(time));
          readings.setInt(2, node);
          readings.setInt(3, type);
          readings.setInt(4, node);
          readings.setDouble(5, its);
          readings.executeUpdate();
          rows.add(reading(time, node, type, its));
        }
        int sequence = instants % 65_536;
        states.setString(1, FORM.format(time));
        states.setInt(2, node);
        states.setInt(3, instants);
        states.setInt(4, sequence);
        states.executeUpdate();
        rows.add(new Row(Stock.key("S", time, node, sequence), Stock.rest(1, instants, -60)));
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
    instants++;
    oracle.logged(rows);
    return rows;
  }

  /** Logs a reading that comes late, between two that are there. */
  void logLate() throws SQLException {
    int before = random.nextInt(Math.max(1, instants));
    LocalDateTime time =
        begin.plus(TICK.multipliedBy(before)).plusNanos(1_000L * (1 + random.nextInt(200_000)));
    try {
      log(time, random.nextGaussian());
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("UNIQUE")) {
        throw e;
      }
    }
  }

  /** Somebody corrects a reading that was logged before. */
  void edit() throws SQLException {
    LocalDateTime time = begin.plus(TICK.multipliedBy(random.nextInt(Math.max(1, instants))));
    int node = NODES[random.nextInt(NODES.length)];
    double value = random.nextGaussian() * 1e6;
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE Reading SET value = ? WHERE time = ? AND nodeId = ? AND type = 0")) {
      update.setDouble(1, value);
      update.setString(2, FORM.format(time));
      update.setInt(3, node);
      if (update.executeUpdate() == 1) {
        oracle.logged(List.of(reading(time, node, 0, value)));
      }
    }
  }

  /** Somebody tidies up what is oldest; it must have arrived. */
  void deleteOldest(int rows) throws SQLException {
    execute(
        "DELETE FROM Reading WHERE rowid IN (SELECT rowid FROM Reading ORDER BY time LIMIT %d)"
            .formatted(rows));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Another connection to the same file. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  /** Looks at the file anew: it has been put back, or stands on another disk now. */
  void reopen() throws SQLException {
    connection.close();
    connection = open();
  }

  void letGo() throws SQLException {
    connection.close();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Row reading(LocalDateTime time, int node, int type, double value) {
    return new Row(
        Stock.key("R", time, node, type),
        places.getOrDefault(node, "|null|null") + Stock.rest(value));
  }

  private Connection open() throws SQLException {
    Connection fresh = DriverManager.getConnection("jdbc:sqlite:" + file());
    try (Statement statement = fresh.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
    }
    return fresh;
  }
}
