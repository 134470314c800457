package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Plan;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * Does what a person decides about a row: matches it so, and at once all that refers to it or has
 * waited for it. Stateless; runs in its caller's transaction, which has locked the gateway.
 */
final class DecisionMaking {

  /**
   * Ids from here on are given to nodes and types that are another thing; gateways' own are low.
   */
  private static final long FIRST_FRESH = 1_000_000;

  private static final Set<Rule> SETTLED =
      Set.of(Rule.PARENT_MISSING, Rule.AMBIGUOUS, Rule.CLAIMED, Rule.MEANING_DIFFERS);

  private final Engine engine;
  private final MappingJournal journal;
  private final MetadataIngest metadata;
  private final SeriesIngest series;
  private final Retelling retelling;
  private final MatchingStates states;
  private final DecisionObjections objections;

  DecisionMaking(
      Engine engine,
      MappingJournal journal,
      MetadataIngest metadata,
      SeriesIngest series,
      Retelling retelling) {
    this.engine = engine;
    this.journal = journal;
    this.metadata = metadata;
    this.series = series;
    this.retelling = retelling;
    this.states = new MatchingStates(engine);
    this.objections = new DecisionObjections(engine, journal);
  }

  /** What is to be decided about which row. */
  record Order(GatewayId gateway, Table table, long local, Verdict verdict, OptionalLong central) {}

  /** What came of it. */
  record Made(long number, Plan plan) {}

  private record Applied(long number, long moved) {}

  Made make(Connection connection, Gateway gateway, Order order, String by) throws SQLException {
    MatchingState start = states.of(connection, gateway);
    Rows row = row(start, order);
    long central = central(connection, gateway, start, order);
    Savepoint unchanged = connection.setSavepoint();
    apply(connection, gateway, order, row, central, start, by);
    Set<RowAt> named = named(start, states.of(connection, gateway));
    connection.rollback(unchanged);
    // Known by now: which rows of central it touches. So it is done once more, with their images.
    MatchingState was = start.with(states.rows(connection, named));
    long count = order.table().equals(Tables.NODE) ? retelling.states(connection, central) : 0;
    Applied applied = apply(connection, gateway, order, row, central, start, by);
    MatchingState end = states.of(connection, gateway);
    MatchingState is = end.with(states.rows(connection, named(start, end)));
    Plan plan = Planning.between(was, is, applied.moved());
    journal
        .decisions()
        .note(
            connection,
            applied.number(),
            applied.moved(),
            plan.effect().released(),
            DecisionImage.between(was, is, count).write());
    return new Made(applied.number(), plan);
  }

  private static Set<RowAt> named(MatchingState start, MatchingState end) {
    Set<RowAt> named = new LinkedHashSet<>(start.named());
    named.addAll(end.named());
    return named;
  }

  /** The gateway's row, as it is set aside or as both sides agreed on it last. */
  private static Rows row(MatchingState start, Order order) {
    MatchingState.Aside aside =
        start.apart().get(new MatchingState.Key(order.table(), String.valueOf(order.local())));
    MatchingState.Entry entry = start.journal().get(new RowAt(order.table(), order.local()));
    if (aside == null && entry == null) {
      throw new Stop(
          "central has not heard of %s %d of gateway %s; it comes with a push"
              .formatted(order.table(), order.local(), order.gateway()));
    }
    String content = aside == null ? Objects.requireNonNull(entry).base() : aside.content();
    try {
      return read(order.table(), List.of(content));
    } catch (WireFormatException e) {
      throw new Stop(
          "%s %d of gateway %s can't be read: %s"
              .formatted(order.table(), order.local(), order.gateway(), e.getMessage()));
    }
  }

  private static Rows read(Table table, List<String> contents) throws WireFormatException {
    Rows.Builder rows = new Rows.Builder(table, table.travelling(), contents.size());
    for (String each : contents) {
      SyncJson.readRow(each, rows, table.travelling());
    }
    return rows.build();
  }

  /** The row of central that it is to be. */
  private long central(Connection connection, Gateway gateway, MatchingState start, Order order)
      throws SQLException {
    Table table = order.table();
    Optional<MatchingState.Entry> entry =
        Optional.ofNullable(start.journal().get(new RowAt(table, order.local())));
    // Where it is filed now, if it is not in doubt.
    Optional<CentralId> filed =
        entry.filter(MatchingState.Entry::inForce).map(each -> new CentralId(each.central()));
    String name = "%s %d of gateway %s".formatted(table, order.local(), gateway.id());
    return switch (order.verdict()) {
      case SAME -> {
        CentralId wanted = new CentralId(order.central().orElseThrow());
        if (new TableWriter(engine, table).byId(connection, wanted.value()).isEmpty()) {
          throw new Stop("there is no %s %s at central".formatted(table, wanted));
        }
        if (filed.equals(Optional.of(wanted)) && isAlone(connection, gateway, table, wanted)) {
          throw new Stop("%s is %s %s at central already".formatted(name, table, wanted));
        }
        yield wanted.value();
      }
      case MOVED -> {
        long node = entry.map(MatchingState.Entry::central).orElse(order.local());
        if (journal.othersWith(connection, gateway, table, new CentralId(node)).isEmpty()) {
          throw new Stop("node %d is no other gateway's: it is not to be decided".formatted(node));
        }
        objections.refuseThere(connection, gateway, start, order.local(), node);
        yield node;
      }
      case DIFFERENT -> {
        if (filed.isPresent() && isAlone(connection, gateway, table, filed.get())) {
          throw new Stop(
              "%s is %s %s at central, and nobody else's: there is nothing to tell apart"
                  .formatted(name, table, filed.get()));
        }
        if (filed.isPresent() && table.equals(Tables.HOUSE)) {
          objections.refuseSharedNodes(connection, gateway, order.local(), filed.get());
        }
        yield table.identity() == Identity.GLOBAL_ID
            ? fresh(connection, table)
            : MappingDecisions.NOT_YET;
      }
    };
  }

  /** Whether a row of central is this gateway's and nobody else's; types are everybody's. */
  private boolean isAlone(Connection connection, Gateway gateway, Table table, CentralId row)
      throws SQLException {
    if (table.equals(Tables.NODE)) {
      return journal.othersWith(connection, gateway, table, row).isEmpty();
    }
    return table.identity() == Identity.NATURAL_KEY
        && !new Users(engine).hasOthers(connection, gateway, table, row);
  }

  private long fresh(Connection connection, Table table) throws SQLException {
    String sql =
        "SELECT COALESCE(MAX(%s), 0) FROM %s"
            .formatted(engine.quote(Table.ID), engine.quote(table.name()));
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      found.next();
      long fresh = Math.max(FIRST_FRESH, found.getLong(1) + 1);
      if (fresh > Integer.MAX_VALUE) {
        throw new Stop("central has no free id left for a " + table);
      }
      return fresh;
    }
  }

  private Applied apply(
      Connection connection,
      Gateway gateway,
      Order order,
      Rows row,
      long central,
      MatchingState start,
      String by)
      throws SQLException {
    Table table = order.table();
    Retelling.Standing before = retelling.standing(connection, gateway, start);
    long edited = corrections(connection, gateway);
    // Out of force: what it was does not speak for it any more.
    journal.suspend(connection, gateway, table, new LocalId(order.local()));
    long number =
        journal
            .decisions()
            .add(connection, gateway, table, order.local(), order.verdict(), central, by);
    MetadataIngest.Outcome outcome = metadata.take(connection, gateway, row);
    if (!outcome.apart().isEmpty()) {
      throw new Stop(outcome.apart().get(0).reason());
    }
    long moved = outcome.readingsMoved() + retryApart(connection, gateway);
    RowAt local = new RowAt(table, order.local());
    MatchingState.@Nullable Entry was = start.journal().get(local);
    MatchingState.@Nullable Entry is = states.of(connection, gateway).journal().get(local);
    boolean isSeriesParent = table.equals(Tables.NODE) || table.equals(Tables.SENSOR_TYPE);
    if (isSeriesParent && was != null && is != null && was.central() != is.central()) {
      moved += retelling.again(connection, gateway, before, Map.of(table, Set.of(was.central())));
    }
    series.release(connection, gateway);
    if (corrections(connection, gateway) != edited) {
      throw new Stop(
          ("rows of this gateway that have waited, and others that are there, have one time and one"
                  + " node: then %s %d can't be that one")
              .formatted(table, order.local()));
    }
    new NotedDigests().forget(connection, gateway);
    return new Applied(number, moved);
  }

  private static long corrections(Connection connection, Gateway gateway) throws SQLException {
    String sql = "SELECT COUNT(*) FROM tributary_correction WHERE gateway_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** Tries rows again that wait for others, or were in doubt. */
  private long retryApart(Connection connection, Gateway gateway) throws SQLException {
    long moved = 0;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        continue;
      }
      List<String> contents =
          states.of(connection, gateway).apart().entrySet().stream()
              .filter(each -> each.getKey().table().equals(table))
              .filter(each -> SETTLED.contains(each.getValue().rule()))
              .map(each -> each.getValue().content())
              .toList();
      Optional<Rows> rows = readable(table, contents);
      if (rows.isPresent()) {
        moved += metadata.take(connection, gateway, rows.get()).readingsMoved();
      }
    }
    return moved;
  }

  private static Optional<Rows> readable(Table table, List<String> contents) {
    try {
      Rows rows = read(table, contents);
      return rows.isEmpty() ? Optional.empty() : Optional.of(rows);
    } catch (WireFormatException e) {
      return Optional.empty(); // they stay as they are
    }
  }
}
