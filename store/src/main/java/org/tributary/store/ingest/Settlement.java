package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.DigestSums;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.CentralId;
import org.tributary.wire.Contents;
import org.tributary.wire.Correction;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Part;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Settles parts of windows of which a gateway has sent all its rows, once these are stored. What
 * central has there besides it deletes, if the gateway wants to be mirrored, else keeps; and it
 * notes by how much the two sides differ from now on, so that the same is never found again. Runs
 * in its caller's transaction; settling the same twice changes nothing.
 */
final class Settlement {

  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private final Engine engine;
  private final MappingJournal journal;
  private final StandingRows standing;
  private final Corrections corrections;
  private final CentralDigests digests;
  private final Permits permits;
  private final KeptRows kept = new KeptRows();

  Settlement(
      Engine engine,
      MappingJournal journal,
      StandingRows standing,
      Corrections corrections,
      CentralDigests digests,
      Permits permits) {
    this.engine = engine;
    this.journal = journal;
    this.standing = standing;
    this.corrections = corrections;
    this.digests = digests;
    this.permits = permits;
  }

  /** Settles the parts that a batch has all rows of. */
  Ack.Settled settle(Connection connection, Gateway gateway, Batch batch, Contents contents)
      throws SQLException {
    Run run = new Run(connection, gateway, batch, contents);
    for (Part part : contents.parts()) {
      run.settle(part);
    }
    if (run.refused) {
      log.warn(
          "Gateway {} wants rows of {} deleted, but its table has shrunk to less than half of what"
              + " is here: they are kept",
          gateway.id(),
          batch.table());
    }
    return new Ack.Settled(run.keptRows, run.deleted, run.refused);
  }

  /** One batch. */
  private final class Run {
    private final Connection connection;
    private final Gateway gateway;
    private final Table table;
    private final Contents contents;
    private final GatewayView view;
    private final RowHash hash;
    private final Rows sent;
    private final Map<Window, List<Integer>> sentByHour = new HashMap<>();
    private final boolean comesBack;
    private boolean mayDelete;
    private boolean looked;
    private boolean refused;
    private long keptRows;
    private long deleted;

    Run(Connection connection, Gateway gateway, Batch batch, Contents contents)
        throws SQLException {
      this.connection = connection;
      this.gateway = gateway;
      this.table = batch.table();
      this.contents = contents;
      this.view = GatewayView.of(connection, gateway, journal);
      this.hash = new RowHash(table, contents.columns(), contents.salt());
      this.sent = batch.rows();
      this.comesBack = permits.isInUse(connection, gateway);
      int time = sent.indexOf(table.key().get(0));
      int node = sent.indexOf("nodeId");
      for (int row = 0; row < sent.size(); row++) {
        if (sent.keyAt(row) != null) {
          Window hour =
              new Window(sent.longAt(node, row), Window.hourOfMicros(sent.longAt(time, row)), 1);
          sentByHour.computeIfAbsent(hour, each -> new ArrayList<>()).add(row);
        }
      }
    }

    void settle(Part part) throws SQLException {
      Rows its = sentOf(part);
      DigestSums theirs = new DigestSums(hash, Grain.WHOLE, false);
      theirs.take(its);
      List<Compared> shifted = shifted(part);
      Digest expected = theirs.total().minus(standing(part, its)).plus(Compared.sum(shifted));
      List<Rows> here = here(part);
      if (contents.mirrored().isPresent()) {
        List<Rows> extra = extra(part, here, its, shifted);
        if (!extra.isEmpty() && mayDelete() && !wasKept(part.window())) {
          delete(extra);
          here = here(part);
        }
      }
      DigestSums ours = new DigestSums(hash, Grain.WHOLE, engine.asBuilt().guardsKey(table));
      here.forEach(ours::take);
      Digest present = Digest.NONE;
      for (Digest each : DigestSums.within(part.window(), ours.byPlace(), view).values()) {
        present = present.plus(each);
      }
      int bucket = part.chosen().nextSetBit(0);
      kept.forget(connection, gateway, table, part.window(), bucket, contents.salt());
      Digest difference = present.minus(expected);
      if (!difference.equals(Digest.NONE)) {
        kept.add(connection, gateway, table, part.window(), bucket, contents.salt(), difference);
        keptRows += Math.max(0, difference.rows());
      }
    }

    /**
     * Whether rows of a window were kept once: the gateway's database may have been brought back
     * from a backup, and then they are not here because they were lost.
     */
    private boolean wasKept(Window window) throws SQLException {
      long midnight = Window.dayOfHour(window.hour());
      for (KeptRows.Entry each :
          kept.within(connection, gateway, table, midnight, window.endHour())) {
        Long node = each.window().node();
        boolean overlaps = each.window().endHour() > window.hour();
        boolean itsNode = node == null || window.node() == null || node.equals(window.node());
        if (overlaps && itsNode && each.digest().rows() > 0) {
          return true;
        }
      }
      return false;
    }

    private Rows sentOf(Part part) {
      List<Integer> rows = new ArrayList<>();
      Window window = part.window();
      Long node = window.node();
      if (node != null && window.hours() == 1) {
        rows.addAll(sentByHour.getOrDefault(window, List.of()));
      } else {
        sentByHour.forEach(
            (hour, numbers) -> {
              boolean inside = hour.hour() >= window.hour() && hour.hour() < window.endHour();
              if (inside && (node == null || node.equals(hour.node()))) {
                rows.addAll(numbers);
              }
            });
      }
      Rows.Builder its = new Rows.Builder(table, sent.columns(), rows.size());
      for (int row : rows) {
        if (part.has(hash.key(sent, row))) {
          its.addFrom(sent, row);
        }
      }
      return its.build();
    }

    /**
     * What of the gateway's rows is set aside; rows that it has no longer are noted as gone, unless
     * it is reading its rows back at this moment.
     */
    private Digest standing(Part part, Rows its) throws SQLException {
      RowHash all = new RowHash(table, RowHash.allColumns(table));
      Set<Long> hashes = new HashSet<>();
      for (int row = 0; row < its.size(); row++) {
        hashes.add(all.of(its, row));
      }
      Digest sum = Digest.NONE;
      for (StandingRows.Standing row :
          standing.within(connection, gateway, table, part.window(), contents.upTo())) {
        if (part.has(hash.key(row.row().row(), 0))) {
          if (hashes.remove(row.row().hash())) {
            sum = sum.plus(row.row().digest());
          } else if (!comesBack) {
            standing.noteGone(connection, row);
          }
        }
      }
      return sum;
    }

    /** What is here because a person corrected its time. */
    private List<Compared> shifted(Part part) throws SQLException {
      List<Compared> its =
          standing.shiftedInto(connection, gateway, table, part.window(), contents.upTo());
      its.removeIf(row -> !part.has(hash.key(row.row(), 0)));
      return its;
    }

    private List<Rows> here(Part part) throws SQLException {
      Long node = part.window().node();
      List<Rows> here = new ArrayList<>();
      if (view.nodes().isEmpty() || (node != null && !view.numbering().has(node))) {
        return here;
      }
      digests.read(
          connection,
          view,
          table,
          part.window(),
          view.nodes(),
          contents.upTo(),
          rows -> {
            Rows its = rows.where(row -> part.has(hash.key(rows, row)));
            if (!its.isEmpty()) {
              here.add(its);
            }
          });
      return here;
    }

    /**
     * Rows that central has and the gateway has not, of nodes that are this gateway's alone; not
     * those that it has under another time, or has and can't read.
     */
    private List<Rows> extra(Part part, List<Rows> here, Rows its, List<Compared> shifted)
        throws SQLException {
      Set<String> unreadable = standing.unreadable(connection, gateway, table, part.window());
      Set<Position> keys = new HashSet<>();
      for (int row = 0; row < its.size(); row++) {
        keys.add(Objects.requireNonNull(its.keyAt(row)));
      }
      shifted.forEach(row -> keys.add(Objects.requireNonNull(row.row().keyAt(0))));
      Map<Long, Boolean> isAlone = new HashMap<>();
      List<Rows> extra = new ArrayList<>();
      for (Rows rows : here) {
        int node = rows.indexOf("nodeId");
        for (int row = 0; row < rows.size(); row++) {
          long itsNode = rows.longAt(node, row);
          if (!isAlone.containsKey(itsNode)) {
            isAlone.put(itsNode, isAlone(itsNode));
          }
        }
        Rows gone =
            rows.where(
                row ->
                    !keys.contains(Objects.requireNonNull(rows.keyAt(row)))
                        && !unreadable.contains(SetAsideRows.shortKey(Sieve.keyOf(rows, row)))
                        && Boolean.TRUE.equals(isAlone.get(rows.longAt(node, row))));
        if (!gone.isEmpty()) {
          extra.add(gone);
        }
      }
      return extra;
    }

    private boolean isAlone(long node) throws SQLException {
      CentralId there = new CentralId(view.numbering().there(node));
      return journal.othersWith(connection, gateway, Tables.NODE, there).isEmpty();
    }

    private void delete(List<Rows> extra) throws SQLException {
      TableWriter writer = new TableWriter(engine, table);
      for (Rows told : extra) {
        Rows rows = view.there(told);
        for (int row = 0; row < rows.size(); row++) {
          corrections.note(connection, gateway, Correction.Kind.DELETED, rows, row);
        }
        writer.delete(connection, rows);
        deleted += rows.size();
      }
    }

    /** A gateway whose table shrank to less than half was emptied or replaced, not tidied. */
    private boolean mayDelete() throws SQLException {
      if (!looked) {
        looked = true;
        mayDelete = 2 * contents.mirrored().orElseThrow() >= countHere();
        refused = !mayDelete;
      }
      return mayDelete;
    }

    private long countHere() throws SQLException {
      String nodes = String.join(", ", Collections.nCopies(view.nodes().size(), "?"));
      String sql =
          "SELECT COUNT(*) FROM %s WHERE %s IN (%s)"
              .formatted(engine.quote(table.name()), engine.quote("nodeId"), nodes);
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        int index = 1;
        for (long node : view.nodes()) {
          select.setLong(index++, node);
        }
        try (ResultSet found = select.executeQuery()) {
          found.next();
          return found.getLong(1);
        }
      }
    }
  }
}
