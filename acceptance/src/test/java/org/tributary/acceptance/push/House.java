package org.tributary.acceptance.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.tributary.acceptance.servers.OriginalHouse;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.SqliteFiles;
import org.tributary.acceptance.servers.TestEngine;

/**
 * A gateway's folder: a SQLite database of the original schema with its logger, and a configuration
 * beside it. The logger commits one instant after the other, each with several rows of one time.
 *
 * <p>Not thread-safe: one thread logs.
 */
public final class House implements AutoCloseable {

  /** Readings of one instant. */
  public static final int READINGS = 8;

  private static final Instant BEGIN = Instant.parse("2024-05-01T00:00:00Z");
  private static final int[] NODES = {1, 2, 10, 11};
  private static final int[] TYPES = {0, 2};
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private final Path folder;
  private final String url;
  private final Connection connection;
  private final PreparedStatement readings;
  private final PreparedStatement states;
  private final Random random = new Random(20150803);
  private int instants;

  /** A house with nodes, rooms and nothing measured. */
  public House(Path folder) throws IOException, SQLException {
    this.folder = Files.createDirectories(folder);
    this.url = SqliteFiles.freshDatabase(folder);
    this.connection = TestEngine.connect(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF"); // no power fails here
    }
    OriginalSchema.create(connection, TestEngine.SQLITE);
    OriginalHouse.load(connection, TestEngine.SQLITE, 0);
    this.readings =
        connection.prepareStatement(
            """
            INSERT INTO Reading (time, nodeId, type, locationId, value)
            VALUES (?, ?, ?, (SELECT locationId FROM Node WHERE id = ?), ?)
            """);
    this.states =
        connection.prepareStatement(
            """
            INSERT INTO NodeState (time, nodeId, parent, localtime, seq_num, rssi)
            VALUES (?, ?, 1, ?, ?, -60)
            """);
  }

  /** The database's URL, in SQLAlchemy's form. */
  public String url() {
    return url;
  }

  public Path folder() {
    return folder;
  }

  /** How many readings have been logged. */
  public long logged() {
    return (long) instants * READINGS;
  }

  /** Logs that many more instants, each a transaction. */
  public void log(int moreInstants) throws SQLException {
    for (int i = 0; i < moreInstants; i++) {
      logOne();
    }
  }

  /** Writes {@code synchronise.conf} with these remotes: a name and an address each, in turn. */
  public Path configure(String... namesAndUrls) throws IOException {
    return configure(1_000, namesAndUrls);
  }

  /** The same with a limit of rows a batch. */
  public Path configure(int pushLimit, String... namesAndUrls) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("[general]\nlocalurl = ").append(url).append("\ngateway = house-17\n");
    text.append("synctime = 1s\npushlimit = ").append(pushLimit).append("\n[locations]\n");
    for (int i = 0; i < namesAndUrls.length; i += 2) {
      text.append(namesAndUrls[i]).append(" = 1\n");
    }
    for (int i = 0; i < namesAndUrls.length; i += 2) {
      text.append('[').append(namesAndUrls[i]).append("]\nurl = ");
      text.append(namesAndUrls[i + 1]).append('\n');
    }
    return Files.writeString(configuration(), text);
  }

  public Path configuration() {
    return folder.resolve("synchronise.conf");
  }

  /** What the operator could read; empty if nothing was written yet. */
  public String pushLog() throws IOException {
    Path log = folder.resolve("push.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void logOne() throws SQLException {
    Instant now = BEGIN.plusMillis(instants * 250L);
    String time = FORM.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
    connection.setAutoCommit(false);
    for (int node : NODES) {
      for (int type : TYPES) {
        readings.setString(1, time);
        readings.setInt(2, node);
        readings.setInt(3, type);
        readings.setInt(4, node);
        readings.setDouble(5, random.nextInt(50) == 0 ? 1.4e38 : random.nextGaussian() * 20);
        readings.executeUpdate();
      }
      states.setString(1, time);
      states.setInt(2, node);
      states.setInt(3, instants);
      states.setInt(4, instants % 65_536);
      states.executeUpdate();
    }
    connection.commit();
    connection.setAutoCommit(true);
    instants++;
  }
}
