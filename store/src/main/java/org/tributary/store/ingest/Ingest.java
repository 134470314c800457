package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.Stored;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Correction;
import org.tributary.wire.Difference;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Part;
import org.tributary.wire.Plan;
import org.tributary.wire.Position;
import org.tributary.wire.Proposal;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Sketches;
import org.tributary.wire.Welcome;

/**
 * Takes what gateways send into a database: answers a greeting with what is there, stores a batch
 * once however often it travels, and accounts for each of its rows.
 *
 * <p>The order is: rows, then rows set aside, then the position, then the commit, then the
 * acknowledgement. It stays right where they are stored in different places: a position never
 * speaks of rows that are not there.
 *
 * <p>Rows of a series are parted before their transaction begins, and several batches of a gateway
 * may be stored at once: while the database stores one, the next is made ready. What belongs
 * together otherwise, metadata and what is compared or settled, has the gateway to itself.
 * Thread-safe.
 */
public final class Ingest {

  private final Database database;
  private final Clock clock;
  private final Chronicle chronicle;
  private final Gateways gateways;
  private final Greetings greetings;
  private final PositionMoves moves;
  private final KnownGateways known;
  private final Corrections corrections;
  private final SeriesIngest series;
  private final Comparison comparison;
  private final Settlement settlement;
  private final WholeTables whole;
  private final GatewayPlans plans;
  private final RestIngest rest;

  /** What a batch may hold at most. */
  public record Limits(int maxRows, int maxBytes) {}

  /** Where every gateway is believed. */
  public Ingest(Database database, Clock clock, Limits limits) {
    this(database, clock, limits, Scope.ANY);
  }

  public Ingest(Database database, Clock clock, Limits limits, Scope scope) {
    this(database, clock, limits, scope, new KeptChronicle(database.engine(), clock));
  }

  /** Of a database that is nobody's central: every gateway is believed, and none has a page. */
  public static Ingest direct(Database database, Clock clock, Limits limits) {
    return new Ingest(database, clock, limits, Scope.ANY, Chronicle.NONE);
  }

  private Ingest(Database database, Clock clock, Limits limits, Scope scope, Chronicle chronicle) {
    this.database = database;
    this.clock = clock;
    this.chronicle = chronicle;
    MappingJournal journal = new MappingJournal(database.engine(), clock);
    this.gateways = new Gateways(database.engine(), clock);
    Positions positions = new Positions(database.engine());
    this.moves = new PositionMoves(positions);
    SetAsideRows setAside = new SetAsideRows(database.engine(), clock);
    DecidedRows decided = new DecidedRows(database.engine(), clock);
    this.corrections = new Corrections(database.engine(), clock);
    this.series =
        new SeriesIngest(
            database.engine(),
            clock,
            journal,
            SeriesWriter.ofGateways(database.engine(), corrections),
            setAside,
            decided);
    StandingRows standing = new StandingRows(database.engine());
    CentralDigests digests = new CentralDigests(database.engine());
    this.comparison =
        new Comparison(
            journal,
            positions,
            standing,
            digests,
            new LastClaims(database.engine(), clock),
            chronicle);
    this.settlement =
        new Settlement(
            database.engine(),
            journal,
            standing,
            corrections,
            digests,
            new Permits(database.engine(), clock));
    OpenChanges open = new OpenChanges(database.engine(), journal, setAside);
    this.whole =
        new WholeTables(
            database.engine(),
            new MetadataIngest(
                database.engine(), clock, journal, setAside, positions, decided, scope),
            series,
            positions);
    this.greetings = new Greetings(database, clock, limits, comparison, open, chronicle);
    NameHolders holders = new NameHolders(database.engine(), clock);
    this.plans = new GatewayPlans(database, gateways, whole, holders, open, clock);
    this.known =
        new KnownGateways(
            gateways,
            positions,
            new SetAsideQuery(database.engine()),
            comparison,
            new UntakenEdits(database.engine(), journal));
    this.rest = new RestIngest(database, clock);
  }

  /**
   * Answers a gateway's greeting and notes it.
   *
   * @throws RefusedGatewayException if this machine may not go by that name
   */
  public Welcome greet(Greeting greeting, String version)
      throws StoreException, RefusedGatewayException {
    return greetings.answer(greeting, version, series.trustedUntil());
  }

  /**
   * Which windows are not the same as a gateway says that it has them.
   *
   * @throws RefusedGatewayException if this gateway has never greeted
   */
  public List<Difference> differences(GatewayId id, Claims claims)
      throws StoreException, RefusedGatewayException {
    return compared(
        id, (connection, gateway) -> comparison.differences(connection, gateway, claims));
  }

  /**
   * Which buckets are not the same as a gateway says that it has them.
   *
   * @throws RefusedGatewayException if this gateway has never greeted
   */
  public List<Part> parts(GatewayId id, Sketches sketches)
      throws StoreException, RefusedGatewayException {
    return compared(id, (connection, gateway) -> comparison.parts(connection, gateway, sketches));
  }

  private interface Comparing<T> {
    List<T> run(Connection connection, Gateway gateway) throws SQLException;
  }

  /** In a transaction of its own, and not while a batch of the gateway is being stored. */
  private <T> List<T> compared(GatewayId id, Comparing<T> work)
      throws StoreException, RefusedGatewayException {
    Optional<List<T>> found =
        database.write(
            connection -> {
              Optional<Gateway> gateway = letOn(connection, gateways.lock(connection, id));
              return gateway.isEmpty()
                  ? Optional.empty()
                  : Optional.of(work.run(connection, gateway.get()));
            });
    return letOn(id, found);
  }

  /** One that is stopped has to greet, and is told why. */
  private Optional<Gateway> letOn(Connection connection, Optional<Gateway> gateway)
      throws SQLException {
    Optional<Gateway> stopped = gateway.filter(Gateway::isStopped);
    if (stopped.isPresent()) {
      chronicle.turnedAway(connection, stopped.get());
    }
    return gateway.filter(known -> !known.isStopped());
  }

  private <T> T letOn(GatewayId id, Optional<T> done)
      throws StoreException, RefusedGatewayException {
    if (done.isEmpty()) {
      throw RefusedGatewayException.of(id, database.read(c -> gateways.stopped(c, id)));
    }
    return done.get();
  }

  /**
   * Stores a batch.
   *
   * @return what became of each row; all of it is durable by then
   * @throws RefusedGatewayException if this gateway has never greeted
   */
  public Ack accept(GatewayId id, Batch batch) throws StoreException, RefusedGatewayException {
    return accept(id, new Arrival(batch, Optional.empty(), clock.instant()));
  }

  /**
   * The same for one that travelled.
   *
   * @param bytes how long it was on its way
   */
  public Ack accept(GatewayId id, Batch batch, long bytes)
      throws StoreException, RefusedGatewayException {
    return accept(id, new Arrival(batch, Optional.of(bytes), clock.instant()));
  }

  private Ack accept(GatewayId id, Arrival arrival) throws StoreException, RefusedGatewayException {
    Optional<Stage> stage =
        arrival.batch().table().isSeries()
            ? acceptSeries(id, arrival)
            : acceptMetadata(id, arrival);
    Stage done = letOn(id, stage);
    Stored stored = done.stored();
    return new Ack(
        stored.inserted(),
        stored.changed(),
        stored.unchanged(),
        done.apart().stream().map(Apart::told).toList(),
        done.position(),
        done.settled());
  }

  private Optional<Stage> acceptSeries(GatewayId id, Arrival arrival) throws StoreException {
    Batch batch = arrival.batch();
    // With one connection nothing can be done meanwhile, and looking twice would be for nothing.
    Optional<Parting.Parted> parted =
        database.worksSideBySide()
            ? database.read(
                connection -> {
                  Optional<Gateway> gateway = gateways.find(connection, id);
                  return gateway.isEmpty()
                      ? Optional.empty()
                      : Optional.of(series.parting().part(connection, gateway.get(), batch.rows()));
                })
            : Optional.empty();
    Optional<Stage> stored =
        database.write(
            connection -> noted(connection, arrival, storeSeries(connection, id, batch, parted)));
    if (stored.isEmpty()) {
      return stored;
    }
    Stage done = stored.get();
    if (!done.isAhead()) {
      return Optional.of(done);
    }
    moves.overtook(done.gateway(), batch);
    return Optional.of(done.at(database.write(connection -> catchUp(connection, done, batch))));
  }

  private Optional<Position> catchUp(Connection connection, Stage overtook, Batch batch)
      throws SQLException {
    if (overtook.position().isEmpty()) {
      // A lane's first position can't be locked before it is there: who sets it is waited for.
      gateways.lock(connection, overtook.gateway().id());
    }
    return moves.catchUp(connection, overtook.gateway(), batch);
  }

  private Optional<Stage> acceptMetadata(GatewayId id, Arrival arrival) throws StoreException {
    Optional<Stage> done =
        database.write(
            connection -> {
              Optional<Gateway> gateway = letOn(connection, gateways.lock(connection, id));
              return gateway.isEmpty()
                  ? Optional.empty()
                  : noted(
                      connection,
                      arrival,
                      Optional.of(storeWhole(connection, gateway.get(), arrival.batch())));
            });
    if (done.isPresent() && done.get().stored().inserted() > 0) {
      rest.release(); // what came through the REST interface may have waited for it
    }
    return done;
  }

  /**
   * What would become of the tables of a gateway that travel whole, if they were sent now. Changes
   * nothing.
   *
   * @param known whose nodes are there besides; empty for a database that only gateways fill
   * @throws RefusedGatewayException if another machine goes by that name
   */
  public Plan plan(Proposal proposal, Optional<KnownNodes> known)
      throws StoreException, RefusedGatewayException {
    return plans.plan(proposal, known);
  }

  /** What is known of one gateway; empty if it never greeted. */
  public Optional<GatewayStatus> gateway(GatewayId id) throws StoreException {
    return database.read(connection -> known.one(connection, id, series.trustedUntil()));
  }

  /** What is known of every gateway, by name. */
  public List<GatewayStatus> gateways() throws StoreException {
    return database.read(connection -> known.all(connection, series.trustedUntil()));
  }

  /**
   * Rows of a gateway that are set aside, in the order of arrival; empty if it never greeted.
   *
   * @param afterId the number of the row that the page before ended with, or 0
   */
  public Optional<List<SetAsideRow>> setAside(
      GatewayId id, SetAsideFilter filter, long afterId, int max) throws StoreException {
    return database.read(connection -> known.setAside(connection, id, filter, afterId, max));
  }

  /** What was changed or deleted of a gateway's rows, newest first; empty if it never greeted. */
  public Optional<List<Correction>> corrections(GatewayId id, int max) throws StoreException {
    return database.read(
        connection -> {
          Optional<Gateway> gateway = gateways.find(connection, id);
          return gateway.isEmpty()
              ? Optional.empty()
              : Optional.of(corrections.newest(connection, gateway.get(), max));
        });
  }

  /** What a transaction did. */
  private record Stage(
      Gateway gateway,
      Stored stored,
      List<Apart> apart,
      Optional<Position> position,
      boolean isAhead,
      Optional<Ack.Settled> settled) {

    Stage at(Optional<Position> reached) {
      return new Stage(gateway, stored, apart, reached, false, settled);
    }
  }

  /** Writes down what was stored, if something was; the last of its transaction. */
  private Optional<Stage> noted(Connection connection, Arrival arrival, Optional<Stage> stored)
      throws SQLException {
    if (stored.isPresent()) {
      Stage done = stored.get();
      chronicle.stored(
          connection,
          done.gateway(),
          new Receipt(
              arrival, done.stored(), done.apart().size(), done.position(), done.settled()));
    }
    return stored;
  }

  private Optional<Stage> storeSeries(
      Connection connection, GatewayId id, Batch batch, Optional<Parting.Parted> parted)
      throws SQLException {
    // Batches of rows may be stored side by side; what is settled has to stand still.
    Optional<Gateway> known =
        letOn(
            connection,
            batch.contents().isPresent()
                ? gateways.lock(connection, id)
                : gateways.share(connection, id));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Gateway gateway = known.get();
    SeriesIngest.Outcome outcome = series.store(connection, gateway, batch, parted);
    int fresh = outcome.stored().inserted() + outcome.apart().size();
    if (batch.lane() == Lane.HISTORY && batch.contents().isEmpty() && fresh > 0) {
      comparison.arrived(connection, gateway, batch.rows(), fresh);
    }
    PositionMoves.Move move = moves.move(connection, gateway, batch, series.trustedUntil());
    Optional<Ack.Settled> settled =
        batch.contents().isPresent()
            ? Optional.of(settlement.settle(connection, gateway, batch, batch.contents().get()))
            : Optional.empty();
    return Optional.of(
        new Stage(
            gateway, outcome.stored(), outcome.apart(), move.position(), move.isAhead(), settled));
  }

  private Stage storeWhole(Connection connection, Gateway gateway, Batch batch)
      throws SQLException {
    WholeTables.Taken taken = whole.store(connection, gateway, batch);
    MetadataIngest.Outcome outcome = taken.outcome();
    return new Stage(
        gateway, outcome.stored(), outcome.apart(), taken.position(), false, Optional.empty());
  }
}
