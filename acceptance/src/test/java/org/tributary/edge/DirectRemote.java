package org.tributary.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.direct.DirectCentral;
import org.tributary.edge.direct.DirectFiles;
import org.tributary.edge.direct.Reach;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.GatewayId;

/** A database that gateways push straight into, each with a few files of its own. */
record DirectRemote(String url, boolean createTables, Path files, List<Transport> opened)
    implements TransportContract.Central {

  DirectRemote(String url, boolean createTables, Path files) {
    this(url, createTables, files, new ArrayList<>());
  }

  /** An original database; on MariaDB with columns that hold every time and every number. */
  static void createOriginal(String url, TestEngine engine) throws SQLException {
    try (Connection connection = TestEngine.connect(url)) {
      OriginalSchema.create(connection, engine);
      if (engine == TestEngine.MARIADB) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "ALTER TABLE `Reading` MODIFY value DOUBLE, MODIFY time DATETIME(6) NOT NULL");
          statement.execute("ALTER TABLE `NodeState` MODIFY time DATETIME(6) NOT NULL");
        }
      }
    }
  }

  static TestEngine engineOf(String url) {
    return url.startsWith("sqlite")
        ? TestEngine.SQLITE
        : url.startsWith("mysql") ? TestEngine.MARIADB : TestEngine.POSTGRESQL;
  }

  @Override
  public Transport transport(GatewayId gateway) {
    return transport(gateway, Reach.asItStands(DatabaseUrl.parse(url, Path.of("/"))));
  }

  Transport transport(GatewayId gateway, Reach reach) {
    try {
      Files.createDirectories(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Transport transport =
        new DirectTransport(
            new DirectCentral(
                "remote",
                reach,
                createTables,
                gateway,
                "a test's",
                new DirectFiles(
                    files.resolve(gateway + ".direct"), files.resolve(gateway + ".setaside")),
                Clock.systemUTC()));
    opened.add(transport);
    return transport;
  }

  @Override
  public void close() {
    opened.forEach(Transport::close);
  }
}
