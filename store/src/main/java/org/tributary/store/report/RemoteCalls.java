package org.tributary.store.report;

import java.util.List;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** Which gateways are asked to do something when they come by. */
public record RemoteCalls(Database database) {

  /** The bit of {@code Server.rpc} that asks for a tunnel; the others mean nothing yet. */
  private static final long TUNNEL = 1;

  /** The host names of those that are asked to open a tunnel. */
  public List<String> tunnels() throws StoreException {
    return database
        .read(
            connection ->
                new Query(
                        database.engine(),
                        """
                        SELECT @hostname, @rpc
                        FROM @Server
                        WHERE @rpc IS NOT NULL
                          AND @hostname IS NOT NULL
                        ORDER BY @id
                        """)
                    .all(connection, row -> new Asked(row.text(1).orElseThrow(), row.number(2))))
        .stream()
        .filter(server -> (server.bits() & TUNNEL) != 0)
        .map(Asked::hostname)
        .toList();
  }

  private record Asked(String hostname, long bits) {}
}
