package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTables;

/** Delivers one batch of a table that travels whole, and notes its problems and its position. */
final class WholeDelivery {

  private final RestClient client;
  private final CentralTables central;
  private final RestRecord record;
  private final Limits limits;
  private final Bulk bulk;
  private final Evidence evidence;
  private final Rulings rulings;
  private final RemovedThere removed;
  private boolean remapped;

  WholeDelivery(
      RestClient client,
      CentralTables central,
      RestRecord record,
      Limits limits,
      Bulk bulk,
      Evidence evidence,
      Rulings rulings,
      RemovedThere removed) {
    this.client = client;
    this.central = central;
    this.record = record;
    this.limits = limits;
    this.bulk = bulk;
    this.evidence = evidence;
    this.rulings = rulings;
    this.removed = removed;
  }

  /** Whether a row is another row at the server than it was, so that what refers to it follows. */
  boolean remapped() {
    return remapped;
  }

  Ack send(Batch batch) throws IOException {
    if (batch.table().equals(Tables.SENSOR) && !central.showsSensors()) {
      remapped = new Revival(client, central, record, removed).ofParents(batch.rows());
      SensorUpload upload = new SensorUpload(record, limits, bulk);
      int delivered = upload.send(batch.rows());
      return noted(batch, delivered, 0, 0, upload.apart());
    }
    Matching matching =
        new Matching(client, central, record, batch.table(), limits, evidence, rulings, removed);
    try {
      matching.takeAll(batch.rows());
    } finally {
      remapped = matching.remapped();
    }
    if (batch.table().equals(Tables.HOUSE)) {
      noteShadowedHouses();
    }
    Ack ack =
        noted(
            batch, matching.created(), matching.changed(), matching.unchanged(), matching.apart());
    if (matching.revived()) {
      record.positions(Lane.LIVE).remove(batch.table().name()); // rows before it follow
    }
    return ack;
  }

  private Ack noted(Batch batch, int created, int changed, int unchanged, List<SetAside> refused) {
    Table table = batch.table();
    List<SetAside> apart = new ArrayList<>(refused);
    batch
        .unreadable()
        .forEach(
            row -> apart.add(new SetAside(table.name(), row.key(), Rule.UNREADABLE, row.reason())));
    noteProblems(batch, apart);
    if (apart.isEmpty() && batch.upTo().isPresent()) {
      record.positions(Lane.LIVE).put(table.name(), batch.upTo().get());
    } else {
      record.positions(Lane.LIVE).remove(table.name());
    }
    return new Ack(created, changed, unchanged, apart, record.reached(table, Lane.LIVE));
  }

  /** Those of rows that have come again are no longer true. */
  private void noteProblems(Batch batch, List<SetAside> apart) {
    String table = batch.table().name();
    Set<String> again = new HashSet<>();
    Rows rows = batch.rows();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long local) {
        again.add(Position.of(local).toString());
      }
    }
    boolean isAll = batch.upTo().isPresent(); // and without a doubt
    record
        .problems()
        .removeIf(
            old ->
                old.table().equals(table)
                    && (isAll || again.contains(old.key()) || apart.contains(old)));
    record.problems().addAll(apart);
  }

  private void noteShadowedHouses() throws IOException {
    record.shadowed().clear();
    for (Map.Entry<Long, Match> each : record.matches(Tables.HOUSE.name()).entrySet()) {
      Optional<CentralRow> ours = central.byId(RestTables.HOUSE, each.getValue().central());
      if (ours.isPresent() && isShadowed(ours.get())) {
        record.shadowed().add(each.getKey());
      }
    }
  }

  private boolean isShadowed(CentralRow house) throws IOException {
    return central.all(RestTables.HOUSE).stream()
        .anyMatch(
            other ->
                other.id() < house.id()
                    && String.valueOf(other.cell("address"))
                        .equalsIgnoreCase(String.valueOf(house.cell("address"))));
  }
}
