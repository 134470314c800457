package org.tributary.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.server.access.Doorkeeper;
import org.tributary.server.access.KeyEndpoint;
import org.tributary.server.access.OpenDoor;
import org.tributary.server.access.SetUp;
import org.tributary.server.access.SignInEndpoint;
import org.tributary.server.access.SignInPage;
import org.tributary.server.api.ApiPages;
import org.tributary.server.http.Admission;
import org.tributary.server.http.Door;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.HealthEndpoint;
import org.tributary.server.http.HttpServer;
import org.tributary.server.http.PeoplesDoor;
import org.tributary.server.http.Room;
import org.tributary.server.http.Tls;
import org.tributary.server.http.Turns;
import org.tributary.server.http.WatchedDoor;
import org.tributary.server.metrics.CentralMeters;
import org.tributary.server.metrics.MetricsEndpoint;
import org.tributary.server.page.Assets;
import org.tributary.server.page.Section;
import org.tributary.server.page.Templates;
import org.tributary.server.page.Trouble;
import org.tributary.server.rest.BulkEndpoint;
import org.tributary.server.rest.RestReports;
import org.tributary.server.rest.TableResource;
import org.tributary.server.sync.BatchEndpoint;
import org.tributary.server.sync.BatchWatch;
import org.tributary.server.sync.CompletenessEndpoint;
import org.tributary.server.sync.CorrectionsEndpoint;
import org.tributary.server.sync.GatewayEndpoint;
import org.tributary.server.sync.GatewaysEndpoint;
import org.tributary.server.sync.GreetingEndpoint;
import org.tributary.server.sync.NameEndpoint;
import org.tributary.server.sync.PlanEndpoint;
import org.tributary.server.sync.QuestionEndpoint;
import org.tributary.server.sync.RestoreEndpoint;
import org.tributary.server.sync.SetAsideEndpoint;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.StoreException;
import org.tributary.store.access.SignIns;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.ingest.GreetingTrial;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.MetadataExchange;
import org.tributary.store.ingest.RestIngest;
import org.tributary.store.ingest.Restoring;
import org.tributary.store.ingest.Scope;
import org.tributary.store.rest.RestStore;
import org.tributary.wire.EnrolmentCode;

/** Central at work: a database and the server in front of it. Everything at this end joins here. */
public final class CentralServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CentralServer.class);
  private static final int CONNECTIONS = 8;

  /** While one batch is stored, the next is received and decoded. */
  private static final int AT_ONCE = 2 * CONNECTIONS;

  /** How long a request of a gateway waits for its turn, before it is sent away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A batch of the largest size expands to some 2 MB of arrays. */
  static final Ingest.Limits LIMITS = new Ingest.Limits(50_000, 4 << 20);

  /** Uploads through the REST interface may hold a quarter of the memory, unpacked. */
  private static final long UPLOADS = Runtime.getRuntime().maxMemory() / 4;

  /** What gateways send may hold another quarter, as it travels. */
  private static final long BATCHES = Runtime.getRuntime().maxMemory() / 4;

  /** Whether whoever asks has to sign in. */
  public enum Auth {
    ON,
    /** Everybody may do everything: for this machine's loopback, and there for trials. */
    OFF
  }

  /**
   * How others reach central.
   *
   * @param address port 0 takes any free one
   * @param tls the certificate that is shown; without one everything is readable on its way
   */
  public record Front(InetSocketAddress address, Auth auth, Optional<Tls> tls) {

    /** Without TLS. */
    public Front(InetSocketAddress address, Auth auth) {
      this(address, auth, Optional.empty());
    }
  }

  private final Database database;
  private final HttpServer http;
  private final SetUp setUp;
  private final CentralMeters meters;
  private final Pages pages;
  private final FleetWatch watch;

  private CentralServer(
      Database database,
      HttpServer http,
      SetUp setUp,
      CentralMeters meters,
      Pages pages,
      FleetWatch watch) {
    this.watch = watch;
    this.meters = meters;
    this.pages = pages;
    this.database = database;
    this.http = http;
    this.setUp = setUp;
  }

  /** The same without TLS. */
  public static CentralServer start(
      DatabaseUrl url, InetSocketAddress address, Auth auth, String version, Clock clock)
      throws IOException {
    return start(url, new Front(address, auth), version, clock);
  }

  /**
   * Opens the database, creates or upgrades its schema and starts to listen.
   *
   * @throws org.tributary.store.StoreException if the database can't be used
   * @throws IOException if the address can't be had
   */
  public static CentralServer start(DatabaseUrl url, Front front, String version, Clock clock)
      throws IOException {
    try (Database database = Database.open(url, Access.DURABLE)) {
      Schema.upgrade(database);
    }
    Database database = Database.openPooled(url, CONNECTIONS);
    try {
      Ingest ingest = new Ingest(database, clock, LIMITS, Scope.BY_KEY);
      RestIngest uploads = new RestIngest(database, clock);
      uploads.release(); // a row came, and central ended before those that waited for it followed
      SignIns signIns = new SignIns(database, clock);
      SetUp setUp = new SetUp(signIns, EnrolmentCode.random(new SecureRandom()));
      SignInPage page = new SignInPage(setUp);
      List<Endpoint> endpoints = new ArrayList<>();
      endpoints.add(new HealthEndpoint(database, version));
      endpoints.addAll(SignInEndpoint.all(signIns, setUp, page, clock));
      endpoints.addAll(KeyEndpoint.all(signIns, clock));
      Fleet fleet = new Fleet(database, clock);
      CentralMeters meters = new CentralMeters(fleet, version, clock);
      endpoints.add(new MetricsEndpoint(meters));
      endpoints.addAll(ofGateways(database, ingest, meters, version, clock));
      endpoints.add(new CorrectionsEndpoint(ingest));
      endpoints.add(new GatewaysEndpoint(ingest));
      endpoints.add(new GatewayEndpoint(ingest));
      endpoints.add(new SetAsideEndpoint(ingest));
      endpoints.add(new CompletenessEndpoint(new Completeness(database, clock)));
      endpoints.addAll(BulkEndpoint.all(uploads, new Room(UPLOADS)));
      endpoints.addAll(RestReports.all(database, clock, version));
      Assets assets = new Assets();
      Templates templates = new Templates(assets, version, clock);
      endpoints.addAll(assets.endpoints());
      endpoints.addAll(ApiPages.all(templates));
      Pages pages = new Pages(database, fleet, templates, version, clock);
      endpoints.addAll(pages.all(url));
      // The first that fits a path answers, and tables have any name: they come last.
      endpoints.addAll(new TableResource(new RestStore(database, clock), uploads).endpoints());
      Turns turns = new Turns();
      Door whoMay = front.auth() == Auth.OFF ? new OpenDoor() : new Doorkeeper(signIns, page);
      HttpServer http =
          HttpServer.start(
              front.address(),
              front.tls(),
              endpoints.stream().map(turns::guarding).toList(),
              new PeoplesDoor(
                  new WatchedDoor(whoMay, meters, clock),
                  (request, status, problem) ->
                      templates.page(
                          request,
                          new Trouble(
                              status,
                              problem.title(),
                              problem.detail(),
                              Section.of(request.path())))),
              clock);
      log.info(
          "Central {} keeps {} and listens on {}:{}",
          version,
          url.printable(),
          front.address().getHostString(),
          http.port());
      return new CentralServer(database, http, setUp, meters, pages, FleetWatch.begin(fleet));
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** What many gateways ask at once, behind one door. */
  private static List<Endpoint> ofGateways(
      Database database, Ingest ingest, BatchWatch watch, String version, Clock clock) {
    Admission door =
        new Admission(
            AT_ONCE,
            LIMITS.maxBytes(),
            new Room(BATCHES),
            PATIENCE,
            clock,
            RandomGenerator.getDefault());
    List<Endpoint> all = new ArrayList<>();
    all.add(new GreetingEndpoint(ingest, version));
    all.add(new NameEndpoint(new GreetingTrial(database, clock)));
    all.add(new BatchEndpoint(ingest, LIMITS, door, watch));
    all.addAll(QuestionEndpoint.all(ingest, new MetadataExchange(database, clock), LIMITS));
    all.addAll(RestoreEndpoint.all(new Restoring(database, clock, LIMITS)));
    all.add(new PlanEndpoint(ingest, LIMITS));
    return all.stream().map(door::guarding).toList();
  }

  /** The port that is listened on. */
  public int port() {
    return http.port();
  }

  /** The code by which the first person gets in, as long as nobody can sign in. */
  public Optional<EnrolmentCode> setUpCode() throws StoreException {
    return setUp.open();
  }

  /**
   * Draws the fleet for nobody, beside everything else, so that the first person who looks does not
   * wait for Java to get to know the page: with a thousand gateways that is a second.
   */
  public void rehearse() {
    Thread aside = new Thread(pages::rehearse, "rehearsal");
    aside.setDaemon(true);
    aside.start();
  }

  /** What is answered: method and path, {@code GET /rest/{type}/} for example. */
  public List<String> routes() {
    return http.routes();
  }

  /** Lets running requests end, then closes the database. */
  @Override
  public void close() {
    http.close();
    watch.close();
    meters.close();
    database.close();
    log.info("Central has stopped");
  }
}
