package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.Part;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Sketches;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * Compares what a gateway says that it has with what central has. The two are the same if the
 * gateway's rows, without those that are set aside or dropped, and with those that central keeps
 * although the gateway has them no longer or under another time, are central's. Runs in its
 * caller's transaction. Thread-safe.
 */
final class Comparison {

  private final MappingJournal journal;
  private final Positions positions;
  private final StandingRows standing;
  private final CentralDigests digests;
  private final KeptRows kept = new KeptRows();
  private final LastClaims lastClaims;
  private final Chronicle chronicle;

  Comparison(
      MappingJournal journal,
      Positions positions,
      StandingRows standing,
      CentralDigests digests,
      LastClaims lastClaims,
      Chronicle chronicle) {
    this.journal = journal;
    this.positions = positions;
    this.standing = standing;
    this.digests = digests;
    this.lastClaims = lastClaims;
    this.chronicle = chronicle;
  }

  /** The windows that differ. */
  List<Difference> differences(Connection connection, Gateway gateway, Claims claims)
      throws SQLException {
    Optional<Position> upTo = comparable(connection, gateway, claims.table(), claims.upTo());
    if (upTo.isEmpty()) {
      return List.of();
    }
    chronicle.compared(connection, gateway);
    GatewayView view = GatewayView.of(connection, gateway, journal);
    return switch (claims.grain()) {
      case WHOLE -> wholes(connection, gateway, view, claims, upTo.get());
      case NODE, HOUR -> finer(connection, gateway, view, claims, upTo.get());
    };
  }

  /** How far both sides can be compared; empty where central has not come so far. */
  private Optional<Position> comparable(
      Connection connection, Gateway gateway, Table table, Optional<Position> upTo)
      throws SQLException {
    Optional<Position> reached = positions.of(connection, gateway, table, Lane.LIVE);
    return upTo.filter(end -> reached.isPresent() && !end.isAfter(reached.get()));
  }

  private List<Difference> wholes(
      Connection connection, Gateway gateway, GatewayView view, Claims claims, Position upTo)
      throws SQLException {
    List<Difference> differences = new ArrayList<>();
    for (Claims.Claim claim : claims.claims()) {
      Window window = claim.window();
      Digest here =
          digests.whole(
              connection, view, claims.table(), claims.columns(), window, upTo, claims.afresh());
      Digest expected =
          claim.digest().plus(explained(connection, gateway, claims, window, Optional.of(upTo)));
      boolean differs = !here.equals(expected);
      if (differs) {
        differences.add(new Difference(window, here.rows()));
      }
      if (window.hours() == Window.DAY) {
        long missing = differs ? Math.max(1, expected.rows() - here.rows()) : 0;
        lastClaims.note(connection, gateway, claims.table(), claim, missing);
      }
    }
    return differences;
  }

  /**
   * What central has more than the gateway, for known reasons: what it keeps, less what it set
   * aside.
   */
  private Digest explained(
      Connection connection, Gateway gateway, Claims claims, Window window, Optional<Position> upTo)
      throws SQLException {
    Digest sum = Digest.NONE;
    for (KeptRows.Entry entry :
        kept.within(connection, gateway, claims.table(), window.hour(), window.endHour())) {
      if (entry.isWithin(window)) {
        sum = sum.plus(entry.digest());
      }
    }
    for (StandingRows.Standing row :
        standing.within(connection, gateway, claims.table(), window, upTo)) {
      sum = sum.minus(row.row().digest());
    }
    return sum.plus(
        Compared.sum(standing.shiftedInto(connection, gateway, claims.table(), window, upTo)));
  }

  private List<Difference> finer(
      Connection connection, Gateway gateway, GatewayView view, Claims claims, Position upTo)
      throws SQLException {
    Table table = claims.table();
    Map<Window, Digest> claimed = new TreeMap<>();
    for (Claims.Claim claim : claims.claims()) {
      claimed.put(claim.window(), claim.digest());
    }
    List<Difference> differences = new ArrayList<>();
    for (Map.Entry<Window, Set<Long>> day : nodesByDay(claims).entrySet()) {
      Window window = day.getKey();
      Map<Window, Digest> here =
          claims.grain() == Grain.NODE
              ? digests.byNode(connection, view, table, claims.columns(), window, upTo)
              : digests.byHour(
                  connection, view, table, claims.columns(), window, day.getValue(), upTo);
      Map<Window, Digest> expected =
          expected(connection, gateway, claims, window, day.getValue(), claimed, upTo);
      Set<Window> all = new TreeSet<>(here.keySet());
      all.addAll(expected.keySet());
      Map<Window, Long> missing = new TreeMap<>();
      for (Window each : all) {
        Digest present = here.getOrDefault(each, Digest.NONE);
        Digest wanted = expected.getOrDefault(each, Digest.NONE);
        if (!present.equals(wanted)) {
          differences.add(new Difference(each, present.rows()));
          missing.put(each, Math.max(1, wanted.rows() - present.rows()));
        }
      }
      if (claims.grain() == Grain.NODE) {
        lastClaims.noteNodes(connection, gateway, table, window, day.getValue(), missing);
      }
      forgetDisproved(connection, gateway, claims, window, day.getValue(), missing.keySet());
    }
    return differences;
  }

  /** The days that the claims are about, and of which nodes where these are named. */
  private static Map<Window, Set<Long>> nodesByDay(Claims claims) {
    Map<Window, Set<Long>> days = new TreeMap<>();
    for (Window window : claims.scope()) {
      Set<Long> nodes =
          days.computeIfAbsent(
              new Window(null, window.hour(), window.hours()), day -> new HashSet<>());
      Long node = window.node();
      if (node != null) {
        nodes.add(node);
      }
    }
    return days;
  }

  private Map<Window, Digest> expected(
      Connection connection,
      Gateway gateway,
      Claims claims,
      Window day,
      Set<Long> nodes,
      Map<Window, Digest> claimed,
      Position upTo)
      throws SQLException {
    Map<Window, Digest> expected = new HashMap<>();
    boolean hourly = claims.grain() == Grain.HOUR;
    claimed.forEach(
        (window, digest) -> {
          if (window.hour() >= day.hour() && window.endHour() <= day.endHour()) {
            expected.merge(window, digest, Digest::plus);
          }
        });
    for (KeptRows.Entry entry :
        kept.within(connection, gateway, claims.table(), day.hour(), day.endHour())) {
      Long node = entry.window().node();
      boolean fits = entry.window().hours() <= (hourly ? 1 : day.hours());
      if (node != null && fits && (nodes.isEmpty() || nodes.contains(node))) {
        Window of = hourly ? entry.window() : new Window(node, day.hour(), day.hours());
        expected.merge(of, entry.digest(), Digest::plus);
      }
    }
    for (StandingRows.Standing row :
        standing.within(connection, gateway, claims.table(), day, Optional.of(upTo))) {
      if (nodes.isEmpty() || nodes.contains(row.row().node())) {
        Window of = windowOf(row.row(), day, hourly);
        expected.merge(of, Digest.NONE.minus(row.row().digest()), Digest::plus);
      }
    }
    for (Compared row :
        standing.shiftedInto(connection, gateway, claims.table(), day, Optional.of(upTo))) {
      if (nodes.isEmpty() || nodes.contains(row.node())) {
        expected.merge(windowOf(row, day, hourly), row.digest(), Digest::plus);
      }
    }
    return expected;
  }

  /**
   * Where all nodes of a day, or all hours of a node, are the same without what is said to be kept
   * in the day as a whole, that is not here any more: a person has deleted it.
   */
  private void forgetDisproved(
      Connection connection,
      Gateway gateway,
      Claims claims,
      Window day,
      Set<Long> nodes,
      Set<Window> differing)
      throws SQLException {
    if (claims.grain() == Grain.NODE) {
      if (nodes.isEmpty() && differing.isEmpty()) {
        kept.forgetWhole(connection, gateway, claims.table(), day);
      }
      return;
    }
    for (Long node : nodes) {
      if (differing.stream().noneMatch(hour -> node.equals(hour.node()))) {
        kept.forgetWhole(
            connection, gateway, claims.table(), new Window(node, day.hour(), day.hours()));
      }
    }
  }

  private static Window windowOf(Compared row, Window day, boolean hourly) {
    return hourly
        ? new Window(row.node(), Window.hourOfMicros(row.micros()), 1)
        : new Window(row.node(), day.hour(), day.hours());
  }

  /**
   * Notes that rows of before have arrived that nothing is settled of.
   *
   * @param fresh how many of them were not here
   */
  void arrived(Connection connection, Gateway gateway, Rows rows, int fresh) throws SQLException {
    lastClaims.arrived(connection, gateway, rows, fresh);
  }

  /**
   * How many rows were missing here, or others, when they were compared last, less what arrived
   * since, by table.
   */
  Map<String, Long> missing(Connection connection, Gateway gateway) throws SQLException {
    return lastClaims.missing(connection, gateway);
  }

  /** Some days that differed when they were compared last, newest first, by table. */
  Map<String, List<Window>> open(Connection connection, Gateway gateway) throws SQLException {
    return lastClaims.open(connection, gateway);
  }

  /** How many rows central keeps that the gateway has no longer, by table. */
  Map<String, Long> kept(Connection connection, Gateway gateway) throws SQLException {
    return kept.counts(connection, gateway);
  }

  /** The buckets that differ. */
  List<Part> parts(Connection connection, Gateway gateway, Sketches sketches) throws SQLException {
    Optional<Position> upTo = comparable(connection, gateway, sketches.table(), sketches.upTo());
    if (upTo.isEmpty()) {
      return List.of();
    }
    GatewayView view = GatewayView.of(connection, gateway, journal);
    Table table = sketches.table();
    RowHash hash = new RowHash(table, sketches.columns(), sketches.salt());
    List<Part> parts = new ArrayList<>();
    for (Sketches.Sketch sketch : sketches.sketches()) {
      Window window = sketch.window();
      long[] sums = new long[sketch.buckets().length];
      Long node = window.node();
      if (node == null || view.numbering().has(node)) {
        digests.read(
            connection,
            view,
            table,
            window,
            view.nodes(),
            upTo,
            rows -> {
              for (int row = 0; row < rows.size(); row++) {
                long value = hash.withoutPlace(rows, row);
                long factor =
                    hash.hasPlace(rows, row) ? view.applyAsLong(hash.place(rows, row)) : 1;
                sums[RowHash.bucket(hash.key(rows, row), sums.length)] += value * factor;
              }
            });
      }
      for (StandingRows.Standing row : standing.within(connection, gateway, table, window, upTo)) {
        long key = hash.key(row.row().row(), 0);
        sums[RowHash.bucket(key, sums.length)] += row.row().hash();
      }
      for (Compared row : standing.shiftedInto(connection, gateway, table, window, upTo)) {
        sums[RowHash.bucket(hash.key(row.row(), 0), sums.length)] -= row.hash();
      }
      BitSet differing = new BitSet();
      for (int i = 0; i < sums.length; i++) {
        if (Sketches.byteOf(sums[i], sketches.salt()) != sketch.buckets()[i]) {
          differing.set(i);
        }
      }
      // Asked for because it differs, and row for row it does not: what is known to be kept here is
      // not here any more. The gateway's word on all of it settles that.
      parts.add(
          differing.isEmpty() ? Part.whole(window) : new Part(window, sums.length, differing));
    }
    return parts;
  }
}
