package org.tributary.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tributary.acceptance.servers.TestEngine;

/** Databases of our own schema. Making one costs half a second, so most tests share one. */
public final class OurDatabases {

  /**
   * Ids of sensor and node types that tests make up; none that a database is born with is so high.
   */
  public static final long MADE_UP = 900;

  private static final Map<TestEngine, Database> SHARED = new EnumMap<>(TestEngine.class);

  private OurDatabases() {}

  /** An empty database, not ours yet. */
  public static DatabaseUrl blank(TestEngine engine) {
    return DatabaseUrl.parse(engine.freshDatabase(), Path.of("/"));
  }

  /** One that nobody has used yet. */
  public static Database fresh(TestEngine engine) throws IOException {
    Database database = Database.openPooled(blank(engine), 4);
    Schema.upgrade(database);
    return database;
  }

  /** The shared one, with nothing in it but what a database is born with. Not to be closed. */
  public static synchronized Database shared(TestEngine engine) throws IOException {
    Database database =
        SHARED.computeIfAbsent(
            engine,
            each -> {
              try {
                return fresh(each);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    empty(database);
    return database;
  }

  private static void empty(Database database) throws IOException {
    database.write(
        connection -> {
          try (Statement delete = connection.createStatement()) {
            // Servers and nodes refer to each other by way of houses.
            delete.execute(
                "UPDATE %s SET baseid = NULL".formatted(database.engine().quote("Server")));
            for (String table :
                List.of(
                    "tributary_setaside",
                    "tributary_decided",
                    "tributary_missing",
                    "tributary_digest",
                    "tributary_kept",
                    "tributary_claim",
                    "tributary_conflict",
                    "tributary_edit",
                    "tributary_correction",
                    "tributary_filing",
                    "tributary_decision",
                    "tributary_mapping",
                    "tributary_position",
                    "tributary_boot",
                    "tributary_replaced",
                    "tributary_permit",
                    "tributary_contact",
                    "tributary_receipt",
                    "tributary_hour",
                    "tributary_told",
                    "tributary_gateway",
                    "tributary_key",
                    "tributary_enrolment",
                    "tributary_session",
                    "tributary_person",
                    "Reading",
                    "NodeState",
                    "NodeBoot",
                    "Event",
                    "Occupier",
                    "Pushstatus",
                    "Sensor",
                    "Node",
                    "Location",
                    "House",
                    "Server",
                    "Deployment")) {
              delete.execute("DELETE FROM " + database.engine().quote(table));
            }
            for (Map.Entry<String, Long> born :
                Map.of("Room", 12L, "SensorType", MADE_UP - 1, "NodeType", MADE_UP - 1)
                    .entrySet()) {
              delete.execute(
                  "DELETE FROM %s WHERE id > %d"
                      .formatted(database.engine().quote(born.getKey()), born.getValue()));
            }
            delete.execute(
                "DELETE FROM %s WHERE id > 4".formatted(database.engine().quote("RoomType")));
          }
          return true;
        });
  }
}
