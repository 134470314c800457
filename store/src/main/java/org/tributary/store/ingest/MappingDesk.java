package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tributary.store.Access;
import org.tributary.store.CentralBooks;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.SqlWork;
import org.tributary.store.StoreException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Plan;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * Where a person at central sees which row is which and why, and decides what is in doubt. Central
 * may be at work meanwhile; each act is a transaction of its own. Not thread-safe.
 */
public final class MappingDesk implements AutoCloseable {

  private final Database database;
  private final Gateways gateways;
  private final MappingJournal journal;
  private final DecisionMaking making;
  private final DecisionUndoing undoing;
  private final MatchingStates states;
  private final OpenQuestions questions;

  /** A row of a gateway, which row of central it is, why, and since when. */
  public record Entry(
      GatewayId gateway,
      String table,
      long local,
      long central,
      String shown,
      String evidence,
      Instant since,
      boolean inForce) {
    public Entry {
      requireNonNull(gateway);
      requireNonNull(table);
      requireNonNull(shown);
      requireNonNull(evidence);
      requireNonNull(since);
    }
  }

  /** A row of a gateway that waits for somebody to say what it is, and how to say it. */
  public record Question(
      GatewayId gateway,
      String table,
      String key,
      Rule rule,
      String reason,
      Instant since,
      List<String> commands) {
    public Question {
      requireNonNull(gateway);
      requireNonNull(table);
      requireNonNull(key);
      requireNonNull(rule);
      requireNonNull(reason);
      requireNonNull(since);
      commands = List.copyOf(commands);
    }
  }

  /** A decision that was taken, or would be, and what comes of it. */
  public record Outcome(long number, Plan plan) {
    public Outcome {
      requireNonNull(plan);
    }
  }

  MappingDesk(Database database, Clock clock) {
    Engine engine = database.engine();
    this.database = database;
    this.gateways = new Gateways(engine, clock);
    this.journal = new MappingJournal(engine, clock);
    this.states = new MatchingStates(engine);
    this.questions = new OpenQuestions(engine, journal, states);
    SetAsideRows setAside = new SetAsideRows(engine, clock);
    DecidedRows decided = new DecidedRows(engine, clock);
    Positions positions = new Positions(engine);
    SeriesIngest series =
        new SeriesIngest(
            engine,
            clock,
            journal,
            SeriesWriter.ofGateways(engine, new Corrections(engine, clock)),
            setAside,
            decided);
    Retelling retelling = new Retelling(engine, journal, setAside, series);
    this.making =
        new DecisionMaking(
            engine,
            journal,
            new MetadataIngest(
                engine, clock, journal, setAside, positions, decided, Scope.BY_KEY),
            series,
            retelling);
    this.undoing = new DecisionUndoing(engine, journal, setAside, positions, retelling, series);
  }

  /**
   * Opens central's database.
   *
   * @param access to read or to write
   * @throws StoreException if it is none of this program's revision
   */
  public static MappingDesk open(DatabaseUrl url, Access access, Clock clock)
      throws StoreException {
    CentralBooks.require(url);
    return new MappingDesk(Database.open(url, access), clock);
  }

  /** The names of all gateways that have greeted. */
  public List<GatewayId> gateways() throws StoreException {
    return database.read(this::known);
  }

  private List<GatewayId> known(Connection connection) throws SQLException {
    return gateways.all(connection, Instant.EPOCH).stream().map(GatewayStatus::gateway).toList();
  }

  /** The journal of a gateway; parents first. */
  public List<Entry> journal(GatewayId id) throws StoreException, UndecidedException {
    return looked(
        connection -> {
          List<Entry> all = new ArrayList<>();
          for (Map.Entry<MatchingState.At, MatchingState.Entry> each :
              states.of(connection, gateway(connection, id)).journal().entrySet()) {
            MatchingState.At at = each.getKey();
            MatchingState.Entry entry = each.getValue();
            all.add(
                new Entry(
                    id,
                    at.table().name(),
                    at.id(),
                    entry.central(),
                    shown(at.table(), entry.base()),
                    entry.evidence(),
                    entry.since(),
                    entry.inForce()));
          }
          return all;
        });
  }

  private static String shown(Table table, String content) {
    return OpenQuestions.read(table, content)
        .map(rows -> Planning.shown(table, rows.row(0)))
        .orElse("");
  }

  /** What waits for a decision. */
  public List<Question> questions(GatewayId id) throws StoreException, UndecidedException {
    return looked(connection -> questions.of(connection, gateway(connection, id)));
  }

  /** All decisions, the newest first. */
  public List<MappingDecision> decisions() throws StoreException {
    return database.read(journal.decisions()::all);
  }

  /**
   * Decides what a row of a gateway is.
   *
   * @param central the row that it is, for {@link Verdict#SAME}
   * @param by who does it, for the books
   * @param onlyTried whether to find out what would come of it, and take it back
   * @throws UndecidedException if it can't be decided so, with the reason
   */
  public Outcome decide(
      GatewayId id,
      Table table,
      long local,
      Verdict verdict,
      OptionalLong central,
      String by,
      boolean onlyTried)
      throws StoreException, UndecidedException {
    return run(
        !onlyTried,
        connection -> {
          Gateway gateway = locked(connection, id);
          if (!MappingWords.isDecided(table)) {
            throw new Stop(
                table
                    + "s are not decided about: what they refer to says what they are"
                    + " (a location its house and room, a sensor its node and type)");
          }
          for (MappingDecision each : journal.decisions().all(connection)) {
            boolean isIt =
                each.gateway().equals(id)
                    && each.table().equals(table.name())
                    && each.local() == local
                    && each.undone().isEmpty();
            if (isIt && making.isGone(connection, table, each)) {
              journal.decisions().undo(connection, each.number(), by); // it says nothing any more
            } else if (isIt) {
              throw new Stop(
                  "decision %d says already what %s %d of gateway %s is (%s); undo it first: tributary mapping undo %d"
                      .formatted(
                          each.number(), table, local, id, each.verdict().words(), each.number()));
            }
          }
          DecisionMaking.Made made =
              making.make(
                  connection,
                  gateway,
                  new DecisionMaking.Order(id, table, local, verdict, central),
                  by);
          return new Outcome(made.number(), made.plan());
        });
  }

  /**
   * Takes a decision back.
   *
   * @param onlyTried whether to find out what would come of it, and leave it
   * @throws UndecidedException if that can't be done exactly, with the reason
   */
  public Outcome undo(long number, String by, boolean onlyTried)
      throws StoreException, UndecidedException {
    return run(
        !onlyTried,
        connection -> {
          MappingDecision decision =
              journal.decisions().all(connection).stream()
                  .filter(each -> each.number() == number)
                  .findFirst()
                  .orElseThrow(() -> new Stop("there is no decision " + number));
          if (decision.undone().isPresent()) {
            throw new Stop(
                "decision %d was undone by %s on %s"
                    .formatted(number, decision.undone().get().by(), decision.undone().get().at()));
          }
          Gateway gateway = locked(connection, decision.gateway());
          return new Outcome(number, undoing.undo(connection, gateway, decision, by));
        });
  }

  private <T> T looked(SqlWork<T> work) throws StoreException, UndecidedException {
    try {
      return database.read(work);
    } catch (Stop stop) {
      throw new UndecidedException(String.valueOf(stop.getMessage()));
    }
  }

  private <T> T run(boolean keep, SqlWork<T> work) throws StoreException, UndecidedException {
    try {
      return keep ? database.write(work) : database.tryOut(work);
    } catch (Stop stop) {
      throw new UndecidedException(String.valueOf(stop.getMessage()));
    }
  }

  private Gateway locked(Connection connection, GatewayId id) throws SQLException {
    gateway(connection, id);
    Gateway gateway = gateways.lock(connection, id).orElseThrow();
    Gateways.lockMatching(connection, database.engine());
    return gateway;
  }

  private Gateway gateway(Connection connection, GatewayId id) throws SQLException {
    Optional<Gateway> gateway = gateways.find(connection, id);
    if (gateway.isEmpty()) {
      throw new Stop(
          "central knows no gateway %s; it knows: %s"
              .formatted(
                  id,
                  String.join(", ", known(connection).stream().map(GatewayId::value).toList())));
    }
    return gateway.get();
  }

  @Override
  public void close() {
    database.close();
  }
}
