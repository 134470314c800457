package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.Column;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds out what a gateway that takes central's changes took because a decision says what its rows
 * are: cells that it had otherwise, and rows of a house that it did not know. Stateless; runs in
 * its caller's transaction.
 */
final class TakenFromCentral {

  /** Tables of which a gateway hears only what is in its houses. */
  private static final Set<Table> ITS_OWN =
      Set.of(Tables.DEPLOYMENT, Tables.HOUSE, Tables.LOCATION, Tables.NODE, Tables.SENSOR);

  private final Engine engine;
  private final Edits edits;
  private final OpenChanges open;
  private final Gateways gateways;
  private final Terms terms = new Terms();

  TakenFromCentral(Engine engine, Edits edits, OpenChanges open, Gateways gateways) {
    this.engine = engine;
    this.edits = edits;
    this.open = open;
    this.gateways = gateways;
  }

  /**
   * What is to be put back at the gateway if a decision is undone.
   *
   * @param was how it stands now, with all rows of central that the journal names
   * @throws Stop if it can't be put back
   */
  List<Reversal> since(
      Connection connection,
      Gateway gateway,
      MappingDecision decision,
      DecisionImage image,
      MatchingState was)
      throws SQLException {
    return new Look(connection, gateway, decision, image, was).all();
  }

  /** One look at a gateway's rows. */
  private final class Look {
    private final Connection connection;
    private final Gateway gateway;
    private final MappingDecision decision;
    private final DecisionImage image;
    private final MatchingState was;
    private final boolean takes;
    private final Map<RowAt, Long> locals = new HashMap<>();
    private final Set<RowAt> brought = new LinkedHashSet<>();
    private final List<Reversal> reversals = new ArrayList<>();

    Look(
        Connection connection,
        Gateway gateway,
        MappingDecision decision,
        DecisionImage image,
        MatchingState was)
        throws SQLException {
      this.connection = connection;
      this.gateway = gateway;
      this.decision = decision;
      this.image = image;
      this.was = was;
      this.takes = terms.of(connection, gateway).takes();
      was.journal()
          .forEach(
              (at, entry) -> {
                if (entry.inForce()) {
                  locals.put(new RowAt(at.table(), entry.central()), at.id());
                }
              });
    }

    List<Reversal> all() throws SQLException {
      refuseOnTheWay();
      for (RowAt at : image.entries()) {
        cells(at);
      }
      rows();
      if (!takes && !reversals.isEmpty()) {
        throw new Stop(
            ("gateway %s took from central what the decision says (%s), and takes no changes any"
                    + " more, so that it would keep it: set metadata = both at its remote again and"
                    + " push once")
                .formatted(
                    gateway.id(),
                    String.join(
                        "; ", reversals.stream().map(each -> each.change() + "").toList())));
      }
      return reversals;
    }

    /**
     * Rows that a gateway was told to add and has not sent since: it may have them, under ids that
     * nobody here knows.
     */
    private void refuseOnTheWay() throws SQLException {
      if (!takes || !gateways.hasGreetedSince(connection, gateway, decision.at())) {
        return;
      }
      List<String> rows =
          open.of(connection, gateway, terms.of(connection, gateway)).stream()
              .filter(this::bringsRows)
              .map(MetadataChange::toString)
              .toList();
      if (!rows.isEmpty()) {
        throw new Stop(
            ("gateway %s may be about to take rows from central (%s), and has not said so yet: undo"
                    + " it after its next push")
                .formatted(gateway.id(), String.join("; ", rows)));
      }
    }

    /** Whether a change adds a row to one that the decision is about, or has one refer to it. */
    private boolean bringsRows(MetadataChange change) {
      if (change.kind() == MetadataChange.Kind.CHANGED) {
        return !change.added().isEmpty()
            && image
                .entries()
                .contains(new RowAt(change.table(), change.local().orElseThrow().value()));
      }
      return change.kind() == MetadataChange.Kind.ADDED
          && change.table().columns().stream()
              .filter(column -> column.references().isPresent())
              .filter(column -> change.is().get(column.name()) instanceof Long)
              .map(column -> new RowAt(parent(column), id(change, column)))
              .anyMatch(at -> image.entries().contains(at) || isNew(at));
    }

    private static long id(MetadataChange change, Column column) {
      return (Long) Objects.requireNonNull(change.is().get(column.name()));
    }

    private void cells(RowAt at) throws SQLException {
      MatchingState.Entry then = image.after().journal().get(at);
      MatchingState.Entry now = was.journal().get(at);
      if (then == null || now == null) {
        return;
      }
      Map<String, @Nullable Object> had = cellsOf(at, then);
      Map<String, @Nullable Object> has = cellsOf(at, now);
      Map<String, @Nullable Object> wasCells = new LinkedHashMap<>();
      Map<String, @Nullable Object> isCells = new LinkedHashMap<>();
      for (Column column : at.table().columns()) {
        String name = column.name();
        if (name.equals(Table.ID) || !had.containsKey(name)) {
          continue;
        }
        boolean changed = !Objects.equals(had.get(name), has.get(name));
        // What it has not sent yet may be on its way.
        Object taken = changed ? has.get(name) : told(at, column, now, had.get(name));
        if (Objects.equals(taken, had.get(name))
            || (changed && isItsOwnEdit(at, column, then.central()))
            || Objects.equals(taken, toldThen(at, column, had.get(name)))) {
          continue;
        }
        wasCells.put(name, taken);
        isCells.put(name, had.get(name));
        if (column.references().isPresent() && taken instanceof Long id) {
          noteBrought(new RowAt(parent(column), id));
        }
      }
      if (!wasCells.isEmpty()) {
        reversals.add(new Reversal(at, now.central(), wasCells, isCells));
      }
    }

    /** What central tells this gateway of a cell, if it tells it anything else than it had. */
    private @Nullable Object told(
        RowAt at, Column column, MatchingState.Entry entry, @Nullable Object had) {
      Map<String, @Nullable Object> there =
          was.rows().getOrDefault(new RowAt(at.table(), entry.central()), Map.of());
      if (!takes || !entry.inForce() || !there.containsKey(column.name())) {
        return had;
      }
      Object value = there.get(column.name());
      if (column.references().isEmpty() || value == null) {
        return value;
      }
      Long local = locals.get(new RowAt(parent(column), (Long) value));
      return local == null ? had : local;
    }

    /** What it will be told once the decision is undone. */
    private @Nullable Object toldThen(RowAt at, Column column, @Nullable Object had) {
      MatchingState.Entry before = image.before().journal().get(at);
      return before == null ? had : told(at, column, before, had);
    }

    private boolean isItsOwnEdit(RowAt at, Column column, long there) throws SQLException {
      return edits.isReplacedBy(connection, gateway, at.table(), there, column, decision.at());
    }

    /** Rows that were at central before the gateway had them, and came to it with a house. */
    private void rows() throws SQLException {
      Set<RowAt> known = new LinkedHashSet<>();
      for (RowAt at : image.entries()) {
        MatchingState.Entry then = image.after().journal().get(at);
        if (then != null) {
          known.add(new RowAt(at.table(), then.central()));
        }
      }
      image.after().rows().keySet().stream()
          .filter(at -> !image.before().rows().containsKey(at)) // made: nobody else had it
          .forEach(known::remove);
      brought.forEach(at -> known.add(there(at)));
      for (Map.Entry<RowAt, MatchingState.Entry> each : was.journal().entrySet()) {
        if (isNew(each.getKey()) && refersTo(there(each.getKey()), known)) { // parents come first
          brought.add(each.getKey());
          known.add(there(each.getKey()));
        }
      }
      for (RowAt at : brought) {
        refuseReadings(at);
        MatchingState.Entry entry = Objects.requireNonNull(was.journal().get(at));
        reversals.add(new Reversal(at, entry.central(), cellsOf(at, entry), Map.of()));
      }
    }

    private RowAt there(RowAt at) {
      return new RowAt(at.table(), Objects.requireNonNull(was.journal().get(at)).central());
    }

    /** A row that came with another one's reference, and what it refers to. */
    private void noteBrought(RowAt at) throws SQLException {
      if (!isNew(at) || !brought.add(at)) {
        return;
      }
      Map<String, @Nullable Object> its =
          cellsOf(at, Objects.requireNonNull(was.journal().get(at)));
      for (Column column : at.table().columns()) {
        if (column.references().isPresent() && its.get(column.name()) instanceof Long id) {
          noteBrought(new RowAt(parent(column), id));
        }
      }
    }

    /** Whether the gateway has a row since the decision, and central had it before. */
    private boolean isNew(RowAt at) {
      MatchingState.Entry entry = was.journal().get(at);
      return takes
          && entry != null
          && ITS_OWN.contains(at.table())
          && !image.entries().contains(at)
          && entry.evidence().startsWith("matched:")
          && entry.since().isAfter(decision.at());
    }

    private boolean refersTo(RowAt there, Set<RowAt> known) {
      Map<String, @Nullable Object> row = was.rows().getOrDefault(there, Map.of());
      for (Column column : there.table().columns()) {
        if (column.references().isPresent()
            && row.get(column.name()) instanceof Long id
            && known.contains(new RowAt(parent(column), id))) {
          return true;
        }
      }
      return false;
    }

    /** A gateway can't give a place back at which it has readings. */
    private void refuseReadings(RowAt at) throws SQLException {
      if (at.table().equals(Tables.LOCATION)
          && new Users(engine).hasReadings(connection, gateway, there(at).id())) {
        throw new Stop(
            ("gateway %s took Location %d from central with the decision and has readings there:"
                    + " move them to a place of its own at the gateway first")
                .formatted(gateway.id(), at.id()));
      }
    }
  }

  private static Table parent(Column column) {
    return Tables.named(column.references().orElseThrow()).orElseThrow();
  }

  static Map<String, @Nullable Object> cellsOf(RowAt at, MatchingState.Entry entry)
      throws SQLException {
    return entry.mapping(new LocalId(at.id())).cellsOf(at.table());
  }
}
