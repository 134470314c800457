package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Welcome;

/** A gateway as central sees it: batch after batch, each of whose rows must be accounted for. */
final class Feed {

  final GatewayId id;
  private final Central central;
  private String machine = "machine";
  private Optional<String> boot = Optional.empty();
  private Duration ahead = Duration.ZERO;
  private MergeTerms terms = MergeTerms.ONE_WAY;

  Feed(Central central, String name) {
    this.central = central;
    this.id = new GatewayId(name);
  }

  /** The same name on another machine. */
  Feed on(String newMachine) {
    machine = newMachine;
    return this;
  }

  /** On a machine that has started once more. */
  Feed booted(String newBoot) {
    boot = Optional.of(newBoot);
    return this;
  }

  /** With a clock that is so far ahead. */
  Feed ahead(Duration offset) {
    ahead = offset;
    return this;
  }

  /** Merging on those terms from its next greeting on. */
  Feed merging(MergeTerms newTerms) {
    terms = newTerms;
    return this;
  }

  Welcome greet() throws Exception {
    return central.ingest.greet(greeting(), "0.1.0");
  }

  Greeting greeting() {
    return new Greeting(
        id,
        machine,
        "house-" + machine,
        "0.1.0",
        1,
        central.clock.instant().plus(ahead),
        List.of(),
        boot,
        terms);
  }

  Optional<Position> position(Table table) throws Exception {
    return greet().position(table, Lane.LIVE);
  }

  /** A table that travels whole; a row begins with its id. */
  Ack whole(Table table, Object[]... rows) throws Exception {
    return accept(
        new Batch(
            table,
            Lane.LIVE,
            Optional.empty(),
            Optional.of(Position.fingerprint("fingerprint " + rows.length)),
            rows(table, rows),
            List.of()));
  }

  /** The next rows of a series in the live lane. */
  Ack live(Table table, Object[]... rows) throws Exception {
    return accept(batch(table, Lane.LIVE, position(table), rows(table, rows)));
  }

  Ack untrusted(Table table, Object[]... rows) throws Exception {
    Optional<Position> after = greet().position(table, Lane.UNTRUSTED);
    return accept(batch(table, Lane.UNTRUSTED, after, rows(table, rows)));
  }

  Ack unreadable(Table table, Unreadable... rows) throws Exception {
    return accept(
        new Batch(
            table, Lane.LIVE, Optional.empty(), Optional.empty(), Rows.none(table), List.of(rows)));
  }

  /** Rows that follow a position; central may move to the last of them. */
  static Batch batch(Table table, Lane lane, Optional<Position> after, Rows rows) {
    Optional<Position> upTo = Optional.ofNullable(rows.keyAt(rows.size() - 1));
    return new Batch(table, lane, after, upTo, rows, List.of());
  }

  Ack accept(Batch batch) throws Exception {
    Ack ack = central.ingest.accept(id, batch);
    assertThat(ack.accountedFor()).isEqualTo(batch.size());
    return ack;
  }

  /**
   * Two rooms with a node each, all with ids of this gateway's own: deployment and house {@code
   * base + 1}, locations {@code base + 1} (living room) and {@code base + 2} (kitchen).
   */
  void house(int base, String deployment, String address, int... nodes) throws Exception {
    whole(Tables.DEPLOYMENT, row(base + 1, deployment, null, null, null));
    whole(Tables.HOUSE, row(base + 1, base + 1, address, null, null));
    rooms(base);
    whole(Tables.LOCATION, row(base + 1, base + 1, base + 1), row(base + 2, base + 1, base + 2));
    nodes(base, nodes);
  }

  /** Sensor types 0 and 2, node type 0, and two rooms: {@code base + 1} and {@code base + 2}. */
  void rooms(int base) throws Exception {
    whole(
        Tables.SENSOR_TYPE,
        row(0, "Temperature", "T", "deg.C", 0.0, 1.0, 0.0, 0.0),
        row(2, "Humidity", "RH", "%", 0.0, 1.0, 0.0, 0.0));
    whole(Tables.NODE_TYPE, row(0, "Base", null, 1, 0, 307_200, false, "31,4"));
    whole(Tables.ROOM_TYPE, row(base + 1, "Living Area"), row(base + 2, "Wet Room"));
    whole(Tables.ROOM, row(base + 1, base + 1, "Living Room"), row(base + 2, base + 2, "Bathroom"));
  }

  /** The first node in the living room, the second in the kitchen, the third in the living room. */
  void nodes(int base, int... nodes) throws Exception {
    Object[][] rows = new Object[nodes.length][];
    for (int i = 0; i < nodes.length; i++) {
      rows[i] = row(nodes[i], base + 1 + i % 2, 0);
    }
    whole(Tables.NODE, rows);
  }

  static Rows rows(Table table, Object[]... rows) {
    Rows.Builder builder = new Rows.Builder(table, table.travelling(), rows.length);
    for (Object[] row : rows) {
      builder.row(row);
    }
    return builder.build();
  }

  static Object[] row(Object... cells) {
    return cells;
  }
}
