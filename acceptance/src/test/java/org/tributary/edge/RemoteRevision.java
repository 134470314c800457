package org.tributary.edge;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;

/** What a database of the original program may look like, depending on where it comes from. */
enum RemoteRevision {
  /** As the last release installs it. */
  LATEST(
      List.of(
          "CREATE TABLE @NodeBoot@ (time TIMESTAMP NOT NULL, @nodeId@ INTEGER NOT NULL,"
              + " clustered BOOLEAN, version VARCHAR(20), PRIMARY KEY (time, @nodeId@),"
              + " FOREIGN KEY (@nodeId@) REFERENCES @Node@ (id))")),

  /** Brought to the latest revision from an early one: keys are other keys, or none. */
  MIGRATED(
      List.of(
          "ALTER TABLE `Reading` DROP PRIMARY KEY",
          "ALTER TABLE `Location` ADD INDEX l_house (`houseId`), DROP INDEX `houseId`",
          "ALTER TABLE `NodeState` DROP PRIMARY KEY, ADD PRIMARY KEY (`nodeId`, time, seq_num),"
              + " ADD UNIQUE ns_unique (time, `nodeId`, seq_num)"),
      List.of(
          "ALTER TABLE \"Reading\" DROP CONSTRAINT \"Reading_pkey\"",
          "ALTER TABLE \"Location\" DROP CONSTRAINT \"Location_houseId_roomId_key\"",
          "ALTER TABLE \"NodeState\" DROP CONSTRAINT \"NodeState_pkey\","
              + " ADD PRIMARY KEY (\"nodeId\", time, seq_num),"
              + " ADD UNIQUE (time, \"nodeId\", seq_num)")),

  /** Before 1dce0115d073, of 2014. */
  BEFORE_NODE_BOOT(List.of()),

  /** Before 1fcb107574ff, of 2014. */
  BEFORE_RPC(
      List.of(
          "ALTER TABLE @Server@ DROP COLUMN rpc", "ALTER TABLE @Pushstatus@ DROP COLUMN version")),

  /** Before 303009329387, of 2014. */
  BEFORE_SERVER(
      List.of(
          "ALTER TABLE `House` DROP FOREIGN KEY fk_house_server_id, DROP COLUMN serverid",
          "DROP TABLE `Server`",
          "DROP TABLE `Pushstatus`"),
      List.of(
          "ALTER TABLE \"House\" DROP COLUMN serverid",
          "DROP TABLE \"Server\"",
          "DROP TABLE \"Pushstatus\"")),

  /** Before 2e63cc74b5ad, of 2013: states have numbers of their own, and their key is not one. */
  BEFORE_RSSI(
      List.of(
          "ALTER TABLE `NodeState` DROP PRIMARY KEY,"
              + " ADD id INT(11) NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST, DROP COLUMN rssi,"
              + " MODIFY time DATETIME NULL, MODIFY `nodeId` INT(11) NULL,"
              + " MODIFY seq_num INT(11) NULL"),
      List.of(
          "ALTER TABLE \"NodeState\" DROP CONSTRAINT \"NodeState_pkey\","
              + " ADD COLUMN id SERIAL PRIMARY KEY, DROP COLUMN rssi",
          "ALTER TABLE \"NodeState\" ALTER COLUMN time DROP NOT NULL,"
              + " ALTER COLUMN \"nodeId\" DROP NOT NULL, ALTER COLUMN seq_num DROP NOT NULL")),

  /** Before 4f51a320d6b6, of 2013. */
  BEFORE_SEQ_NUM(
      List.of(
          "ALTER TABLE `NodeState` DROP PRIMARY KEY,"
              + " ADD id INT(11) NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST, DROP COLUMN rssi,"
              + " DROP COLUMN seq_num"),
      List.of(
          "ALTER TABLE \"NodeState\" DROP CONSTRAINT \"NodeState_pkey\","
              + " ADD COLUMN id SERIAL PRIMARY KEY, DROP COLUMN rssi, DROP COLUMN seq_num")),

  /** Before 31851b4865f1, of 2012: nodes refer to houses and rooms themselves. */
  BEFORE_LOCATION(
      List.of(
          "ALTER TABLE `Node` DROP FOREIGN KEY `Node_ibfk_1`, DROP COLUMN `locationId`,"
              + " ADD `houseId` INT(11), ADD `roomId` INT(11)",
          "ALTER TABLE `Reading` DROP FOREIGN KEY `Reading_ibfk_3`, DROP COLUMN `locationId`",
          "DROP TABLE `Location`"),
      List.of(
          "ALTER TABLE \"Node\" DROP COLUMN \"locationId\", ADD COLUMN \"houseId\" INTEGER,"
              + " ADD COLUMN \"roomId\" INTEGER",
          "ALTER TABLE \"Reading\" DROP COLUMN \"locationId\"",
          "DROP TABLE \"Location\"")),

  /** With columns that nobody here knows. */
  WITH_MORE_COLUMNS(
      List.of(
          "ALTER TABLE @Reading@ ADD COLUMN quality VARCHAR(10) DEFAULT 'good' NOT NULL",
          "ALTER TABLE @Node@ ADD COLUMN colour INTEGER",
          "ALTER TABLE @House@ ADD COLUMN owner VARCHAR(40)")),

  /** Without columns that nothing hangs on. */
  WITH_FEWER_COLUMNS(
      List.of(
          "ALTER TABLE @House@ DROP COLUMN @endDate@",
          "ALTER TABLE @House@ DROP COLUMN @startDate@",
          "ALTER TABLE @Deployment@ DROP COLUMN @endDate@",
          "ALTER TABLE @Deployment@ DROP COLUMN @description@",
          "ALTER TABLE @NodeType@ DROP COLUMN @configured@",
          "ALTER TABLE @Sensor@ DROP COLUMN @calibrationOffset@")),

  /** With one that needs a value. */
  WITH_A_NEEDY_COLUMN(List.of("ALTER TABLE @House@ ADD COLUMN owner VARCHAR(40) NOT NULL")),

  /** With another type. */
  WITH_WHOLE_NUMBERS(
      List.of("ALTER TABLE `Reading` MODIFY value INT(11)"),
      List.of("ALTER TABLE \"Reading\" ALTER COLUMN value TYPE INTEGER")),

  /** With another name. */
  WITH_A_RENAMED_COLUMN(
      List.of("ALTER TABLE `Reading` CHANGE value reading_value FLOAT"),
      List.of("ALTER TABLE \"Reading\" RENAME COLUMN value TO reading_value"));

  private static final String END = ";\n";

  private final String onMariaDb;
  private final String onPostgreSql;

  RemoteRevision(List<String> onBoth) {
    this(onBoth, onBoth);
  }

  RemoteRevision(List<String> onMariaDb, List<String> onPostgreSql) {
    this.onMariaDb = String.join(";\n", onMariaDb);
    this.onPostgreSql = String.join(";\n", onPostgreSql);
  }

  /** Makes such a database of an empty one. */
  void create(String url, TestEngine engine) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      OriginalSchema.create(connection, engine);
      String changes = engine == TestEngine.MARIADB ? onMariaDb : onPostgreSql;
      for (String sql : changes.split(END, -1)) {
        if (!sql.isEmpty()) {
          statement.execute(DirectGateway.spelled(engine, sql));
        }
      }
    }
  }
}
