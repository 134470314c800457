package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.tributary.store.Access;
import org.tributary.store.CentralBooks;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.SqlWork;
import org.tributary.store.StoreException;
import org.tributary.store.access.Act;
import org.tributary.store.access.AuditTrail;
import org.tributary.wire.GatewayId;
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
  private final GatewayNames names;
  private final SharedHouses shared;
  private final AuditTrail audit;
  private final DecisionObjections objections;

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
      List<Choice> choices) {
    public Question {
      requireNonNull(gateway);
      requireNonNull(table);
      requireNonNull(key);
      requireNonNull(rule);
      requireNonNull(reason);
      requireNonNull(since);
      choices = List.copyOf(choices);
    }

    /** The commands that decide it. */
    public List<String> commands() {
      return choices.stream().map(Choice::command).toList();
    }
  }

  /**
   * A house that a gateway and another have, with nodes of the same numbers, without anybody having
   * said that it is one.
   *
   * @param evidence in words
   * @param choices the first says that it is one; the others, in their order, that it is two: none
   *     where it is too late for that
   */
  public record Sharing(GatewayId gateway, String evidence, List<Choice> choices) {
    public Sharing {
      requireNonNull(gateway);
      requireNonNull(evidence);
      choices = List.copyOf(choices);
    }

    /** The commands that say so. */
    public List<String> commands() {
      return choices.stream().map(Choice::command).toList();
    }
  }

  /**
   * A decision that was taken or taken back, or would be, and what comes of it.
   *
   * @param putBack what the gateway is to put back in its own rows with its next push
   */
  public record Outcome(long number, Plan plan, List<String> putBack) {
    public Outcome {
      requireNonNull(plan);
      putBack = List.copyOf(putBack);
    }
  }

  MappingDesk(Database database, Clock clock) {
    Engine engine = database.engine();
    this.database = database;
    this.gateways = new Gateways(engine, clock);
    this.journal = new MappingJournal(engine, clock);
    this.states = new MatchingStates(engine);
    this.questions = new OpenQuestions(engine, journal, states);
    this.audit = new AuditTrail(engine, clock);
    this.names = new GatewayNames(gateways);
    this.shared = new SharedHouses(engine);
    this.objections = new DecisionObjections(engine, journal);
    Deciding deciding = Deciding.of(engine, clock, journal, gateways);
    this.making = deciding.making();
    this.undoing = deciding.undoing();
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

  /** A desk within central itself, for several to use at once. */
  public static MappingDesk within(Database database, Clock clock) {
    return new MappingDesk(database, clock);
  }

  /** The names of all gateways that have greeted; there are some. */
  public List<GatewayId> gateways() throws StoreException, UndecidedException {
    return looked(
        connection -> {
          names.requireAny(connection);
          return names.all(connection);
        });
  }

  /** The journal of a gateway; parents first. */
  public List<Entry> journal(GatewayId id) throws StoreException, UndecidedException {
    return looked(
        connection -> {
          List<Entry> all = new ArrayList<>();
          states
              .of(connection, names.require(connection, id))
              .journal()
              .forEach(
                  (at, entry) ->
                      all.add(
                          new Entry(
                              id,
                              at.table().name(),
                              at.id(),
                              entry.central(),
                              shown(at.table(), entry.base()),
                              entry.evidence(),
                              entry.since(),
                              entry.inForce())));
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
    return looked(connection -> questions.of(connection, names.require(connection, id)));
  }

  /** Houses that a gateway shares with one that had them before, and that nobody decided about. */
  public List<Sharing> sharings(GatewayId id) throws StoreException, UndecidedException {
    return looked(
        connection ->
            shared.of(connection, names.require(connection, id)).stream()
                .map(each -> new Sharing(id, each.said(), each.choices()))
                .toList());
  }

  /**
   * What a gateway has not put back yet in its own rows, by the number of the decision that was
   * undone.
   */
  public Map<Long, List<String>> putBack(GatewayId id) throws StoreException, UndecidedException {
    return looked(connection -> putBack(connection, names.require(connection, id)));
  }

  private Map<Long, List<String>> putBack(Connection connection, Gateway gateway)
      throws SQLException {
    Map<Long, List<String>> all = new LinkedHashMap<>();
    new Reversals(journal.decisions())
        .open(connection, gateway)
        .forEach(
            (number, reversals) ->
                all.put(number, reversals.stream().map(each -> each.change().toString()).toList()));
    return all;
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
          objections.refuseSecond(connection, id, table, local, by);
          DecisionMaking.Made made =
              making.make(
                  connection,
                  gateway,
                  new DecisionMaking.Order(id, table, local, verdict, central),
                  by);
          audit.write(
              connection,
              by,
              Act.MAPPING,
              "%s %s %d".formatted(id, table, local),
              "decision %d: %s".formatted(made.number(), verdict.name().toLowerCase(Locale.ROOT)));
          return new Outcome(made.number(), made.plan(), List.of());
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
          names.requireAny(connection);
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
          Plan plan = undoing.undo(connection, gateway, decision, by);
          audit.write(
              connection,
              by,
              Act.MAPPING,
              "%s %s %d".formatted(decision.gateway(), decision.table(), decision.local()),
              "decision %d undone".formatted(number));
          return new Outcome(
              number, plan, putBack(connection, gateway).getOrDefault(number, List.of()));
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
    names.require(connection, id);
    Gateway gateway = gateways.lock(connection, id).orElseThrow();
    Gateways.lockMatching(connection, database.engine());
    return gateway;
  }

  @Override
  public void close() {
    database.close();
  }
}
