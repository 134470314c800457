package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.store.StoreException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Tables;

/**
 * Nodes that other programs have put into houses which are not this gateway's: nobody says whose
 * they are, but they are not to be taken over. Noted in the journal under a gateway that stands for
 * all of these. Thread-safe.
 */
public final class KnownNodes {

  /** Stands for whoever did not say who it is. */
  static final String SOMEBODY = "somebody-else";

  private final Database database;
  private final Engine engine;
  private final SqlTimes times;
  private final Clock clock;
  private final Gateways gateways;

  public KnownNodes(Database database, Clock clock) {
    this.database = database;
    this.engine = database.engine();
    this.times = new SqlTimes(engine);
    this.clock = clock;
    this.gateways = new Gateways(engine, clock);
  }

  /** Looks whose nodes are there besides those of the gateways that are known. */
  public void look() throws StoreException {
    database.write(
        connection -> {
          look(connection);
          return true;
        });
  }

  /** The same in its caller's transaction. */
  void look(Connection connection) throws SQLException {
    Gateway somebody = somebody(connection);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM tributary_mapping WHERE gateway_id = ?")) {
      delete.setInt(1, somebody.key());
      delete.executeUpdate();
    }
    List<Long> houses = houses(connection);
    String ours =
        houses.isEmpty()
            ? ""
            : " AND h.@id@ NOT IN (%s)"
                .formatted(String.join(", ", Collections.nCopies(houses.size(), "?")));
    String sql =
        """
        INSERT INTO tributary_mapping
          (gateway_id, table_name, local_id, central_id, evidence, base, since)
        SELECT %d, 'Node', n.@id@, n.@id@, 'in a house of nobody known', '{}', ?
        FROM @Node@ n
        JOIN @Location@ l ON l.@id@ = n.@locationId@
        JOIN @House@ h ON h.@id@ = l.@houseId@
        WHERE %s%s
        """
            .formatted(somebody.key(), stillOpen(), ours);
    try (PreparedStatement insert = connection.prepareStatement(quoted(sql))) {
      times.set(insert, 1, clock.instant().truncatedTo(ChronoUnit.MICROS));
      int index = 2;
      for (long house : houses) {
        insert.setLong(index++, house);
      }
      insert.executeUpdate();
    }
  }

  /** That a house has no end; in a database that knows no ends, none has. */
  private String stillOpen() {
    return engine.asBuilt().lacks(Tables.HOUSE, Tables.HOUSE.require("endDate"))
        ? "1 = 1"
        : "h.@endDate@ IS NULL";
  }

  private Gateway somebody(Connection connection) throws SQLException {
    GatewayId id = new GatewayId(SOMEBODY);
    Optional<Gateway> known = gateways.find(connection, id);
    if (known.isEmpty()) {
      String sql =
          engine.insertNewOnly(
              """
              INSERT INTO tributary_gateway
                (name, machine, hostname, version, clock_offset, first_contact, last_contact)
              VALUES (?, '', 'whoever did not say', '', 0, ?, ?)
              """,
              List.of("name"));
      try (PreparedStatement insert = connection.prepareStatement(sql)) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        insert.setString(1, SOMEBODY);
        times.set(insert, 2, now);
        times.set(insert, 3, now);
        insert.executeUpdate();
      }
    }
    return gateways.find(connection, id).orElseThrow();
  }

  /** The houses of all gateways that are known. */
  private List<Long> houses(Connection connection) throws SQLException {
    String sql = "SELECT central_id FROM tributary_mapping WHERE table_name = ?";
    List<Long> houses = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, Tables.HOUSE.name());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          houses.add(found.getLong(1));
        }
      }
    }
    return houses;
  }

  private String quoted(String sql) {
    StringBuilder out = new StringBuilder();
    String[] parts = sql.split("@", -1);
    for (int i = 0; i < parts.length; i++) {
      out.append(i % 2 == 0 ? parts[i] : engine.quote(parts[i]));
    }
    return out.toString();
  }
}
