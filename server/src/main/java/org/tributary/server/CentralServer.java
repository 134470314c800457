package org.tributary.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.HealthEndpoint;
import org.tributary.server.http.HttpServer;
import org.tributary.server.rest.TableEndpoint;
import org.tributary.server.sync.BatchEndpoint;
import org.tributary.server.sync.CorrectionsEndpoint;
import org.tributary.server.sync.DigestsEndpoint;
import org.tributary.server.sync.GatewayEndpoint;
import org.tributary.server.sync.GatewaysEndpoint;
import org.tributary.server.sync.GreetingEndpoint;
import org.tributary.server.sync.SetAsideEndpoint;
import org.tributary.server.sync.SketchesEndpoint;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.SourceDatabase;
import org.tributary.store.ingest.Ingest;
import org.tributary.wire.Tables;

/** Central at work: a database and the server in front of it. Everything at this end joins here. */
public final class CentralServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CentralServer.class);
  private static final int CONNECTIONS = 8;

  /** A batch of the largest size expands to some 2 MB of arrays. */
  static final Ingest.Limits LIMITS = new Ingest.Limits(50_000, 4 << 20);

  private final Database database;
  private final SourceDatabase reading;
  private final HttpServer http;

  private CentralServer(Database database, SourceDatabase reading, HttpServer http) {
    this.database = database;
    this.reading = reading;
    this.http = http;
  }

  /**
   * Opens the database, creates or upgrades its schema and starts to listen.
   *
   * @param address port 0 takes any free one
   * @throws org.tributary.store.StoreException if the database can't be used
   * @throws IOException if the address can't be had
   */
  public static CentralServer start(
      DatabaseUrl url, InetSocketAddress address, String version, Clock clock) throws IOException {
    try (Database database = Database.open(url, Access.DURABLE)) {
      Schema.upgrade(database);
    }
    Database database = Database.openPooled(url, CONNECTIONS);
    SourceDatabase reading = new SourceDatabase(url);
    try {
      Ingest ingest = new Ingest(database, clock, LIMITS);
      List<Endpoint> endpoints =
          List.of(
              new HealthEndpoint(database, version),
              new GreetingEndpoint(ingest, version),
              new BatchEndpoint(ingest, LIMITS),
              new DigestsEndpoint(ingest, LIMITS),
              new SketchesEndpoint(ingest, LIMITS),
              new CorrectionsEndpoint(ingest),
              new GatewaysEndpoint(ingest),
              new GatewayEndpoint(ingest),
              new SetAsideEndpoint(ingest),
              new TableEndpoint(reading, Tables.SENSOR_TYPE));
      HttpServer http = HttpServer.start(address, endpoints);
      log.info(
          "Central {} keeps {} and listens on {}:{}",
          version,
          url.printable(),
          address.getHostString(),
          http.port());
      return new CentralServer(database, reading, http);
    } catch (IOException | RuntimeException e) {
      reading.close();
      database.close();
      throw e;
    }
  }

  /** The port that is listened on. */
  public int port() {
    return http.port();
  }

  /** Lets running requests end, then closes the database. */
  @Override
  public void close() {
    http.close();
    reading.close();
    database.close();
    log.info("Central has stopped");
  }
}
