package org.tributary.edge.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tributary.edge.state.SetAsideFile;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;

/** Delivers one batch of a series, and notes what became of it before it is acknowledged. */
final class SeriesDelivery {

  /** Writes the record down. */
  interface Saving {
    void save() throws IOException;
  }

  private final RestRecord record;
  private final SetAsideFile setAside;
  private final Bulk bulk;
  private final Limits limits;
  private final Witnesses witnesses;
  private final Instant trustedUntil;
  private final List<SetAsideFile.Row> refused = new ArrayList<>();

  SeriesDelivery(
      RestRecord record,
      SetAsideFile setAside,
      Bulk bulk,
      Limits limits,
      Witnesses witnesses,
      Instant trustedUntil) {
    this.record = record;
    this.setAside = setAside;
    this.bulk = bulk;
    this.limits = limits;
    this.witnesses = witnesses;
    this.trustedUntil = trustedUntil;
  }

  Ack send(Batch batch, Saving saving) throws IOException {
    SeriesSieve sieve = new SeriesSieve(record, setAside, limits, witnesses, trustedUntil, batch);
    Sieved sieved = sieve.sieve();
    upload(batch, sieved);
    note(batch, sieved.apart());
    setAside.remove(batch.table().name(), deliveredAfterAll(batch, sieved));
    sieved.held().forEach(record::hold);
    if (refused.isEmpty()) { // else nobody knows whether the newest is among those that arrived
      sieved.newest().forEach(record::sentUntil);
    }
    move(batch, sieve.lastSecond());
    saving.save();
    return new Ack(
        sieved.rows().size() - refused.size(),
        0,
        sieved.twins(),
        apart(batch, sieved),
        record.reached(batch.table(), batch.lane()));
  }

  private void upload(Batch batch, Sieved sieved) throws IOException {
    String table = batch.table().name();
    Optional<byte[]> known =
        Optional.ofNullable(record.good().get(table))
            .map(row -> row.getBytes(StandardCharsets.UTF_8));
    Optional<byte[]> good =
        bulk.deliver(
            sieved.rows(),
            known,
            (row, words) -> {
              SetAsideFile.Row aside = refused(batch.rows(), sieved.origins().get(row), words);
              refused.add(aside);
              note(batch, List.of(aside)); // at once: the upload may still break off
            });
    good.ifPresent(row -> record.good().put(table, new String(row, StandardCharsets.UTF_8)));
  }

  private static SetAsideFile.Row refused(Rows rows, int row, String words) {
    return new SetAsideFile.Row(
        new SetAside(
            rows.table().name(),
            String.valueOf(rows.keyAt(row)),
            Rule.DATABASE,
            "central's server fails on it and takes others: " + words),
        SyncJson.writeRow(rows.row(row)));
  }

  private void note(Batch batch, List<SetAsideFile.Row> rows) throws IOException {
    long beyond = setAside.add(rows);
    if (beyond > 0) {
      record.uncounted().merge(batch.table().name(), beyond, Long::sum);
    }
  }

  /** Keys that had been set aside and got through now. */
  private List<String> deliveredAfterAll(Batch batch, Sieved sieved) {
    if (setAside.size() == 0) {
      return List.of();
    }
    Set<String> not = new HashSet<>();
    refused.forEach(row -> not.add(row.why().key()));
    sieved.apart().forEach(row -> not.add(row.why().key()));
    return sieved.origins().stream()
        .map(row -> String.valueOf(batch.rows().keyAt(row)))
        .filter(key -> !not.contains(key))
        .toList();
  }

  /** Only a batch that begins where its lane stands moves it. */
  private void move(Batch batch, LastSecond lastSecond) {
    boolean fits = batch.after().equals(record.reached(batch.table(), batch.lane()));
    if (batch.upTo().isPresent() && fits) {
      record.positions(batch.lane()).put(batch.table().name(), batch.upTo().get());
      if (batch.lane() == Lane.LIVE) {
        record.seconds().put(batch.table().name(), lastSecond);
      }
    }
  }

  private List<SetAside> apart(Batch batch, Sieved sieved) {
    List<SetAside> apart = new ArrayList<>();
    sieved.apart().forEach(row -> apart.add(row.why()));
    refused.forEach(row -> apart.add(row.why()));
    for (Held held : sieved.held()) {
      apart.add(
          new SetAside(batch.table().name(), held.first().toString(), held.rule(), held.reason()));
    }
    return apart;
  }
}
