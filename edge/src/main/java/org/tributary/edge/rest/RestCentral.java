package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.state.ConflictFile;
import org.tributary.edge.state.SetAsideFile;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.Lane;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;
import org.tributary.wire.rest.RestTables;

/**
 * A central that speaks only the REST interface. It acknowledges whole uploads and nothing else, so
 * what it has acknowledged is written down here, in two small files that may be deleted, and what
 * both sides had otherwise in a third.
 *
 * <h2>Where a push begins</h2>
 *
 * <p>At the position that was acknowledged last, the full key of a row. The interface's own word
 * for it, {@code lastsync}, is the time of a house's newest reading. It says nothing of node
 * states, of readings without a location, of rows that wait here or are set aside, of other houses,
 * nor of what lies before it: whoever begins there leaves out what the server never had. So without
 * a record a push begins at the beginning, and the server merges what it has already.
 *
 * <p>But a server that has less than it acknowledged was restored or set up anew. Therefore each
 * push asks its {@link Witnesses}, and if one has less, begins in the second before the newest
 * reading that it still has. The same is done where rows had to wait for what they refer to, once
 * that has a match: the series goes back to the first of them.
 *
 * <p>Whenever a position is wound back it is to before all keys of a second, because a server that
 * keeps whole seconds may hold but one of them.
 *
 * <p>Thread-safe; batches are taken one after the other.
 */
public final class RestCentral {

  private static final Logger log = LoggerFactory.getLogger(RestCentral.class);

  private static final int MAX_ROWS = 10_000;

  /** How often the server's rows are looked at for new ones: each look is some requests. */
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

  private final RestClient client;
  private final String address;
  private final GatewayId gateway;
  private final RestRecordFile file;
  private final SetAsideFile setAside;
  private final Clock clock;
  private final CentralTables central;
  private final Bulk bulk;
  private final ConflictFile conflicts;
  private RestRecord record = new RestRecord();
  private Witnesses witnesses;
  private Limits limits = Limits.ORIGINAL;
  private PushStatus pushStatus;
  private Instant trustedUntil = Instant.MIN;
  private final Set<String> remapped = new HashSet<>();
  private Optional<Boolean> lostReadings = Optional.empty();
  private Rulings rulings;
  private RemovedThere removed;
  private Instant looked = Instant.EPOCH;

  /**
   * @param link to where the interface's paths begin
   * @param files where its files lie
   */
  public RestCentral(HttpLink link, GatewayId gateway, RestFiles files, Clock clock) {
    this.client = new RestClient(link);
    this.address = link.base().toString();
    this.gateway = gateway;
    this.file = new RestRecordFile(files.record());
    this.setAside = new SetAsideFile(files.setAside());
    this.conflicts = new ConflictFile(files.conflicts(), gateway);
    this.rulings = new Rulings(MergeTerms.ONE_WAY, conflicts, clock);
    this.clock = clock;
    this.central = new CentralTables(client);
    this.pushStatus = new PushStatus(client, "", "", clock);
    this.bulk = new Bulk(client, what -> pushStatus.ofARowsOwnFault(what));
    this.witnesses = new Witnesses(client, central, record);
    this.removed = RemovedThere.nothing(central, record);
  }

  /** How many sensor types are shown, if the interface answers there. */
  public static Optional<Integer> sensorTypesAt(HttpLink link) {
    try {
      return Optional.of(new RestClient(link).list(RestTables.SENSOR_TYPE, "").size());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Looks who answers, reports, and makes sure that rows there are still what they were. */
  public synchronized Welcome greet(Greeting greeting) throws IOException {
    central.forget();
    remapped.clear();
    lostReadings = Optional.empty();
    rulings = new Rulings(greeting.terms(), conflicts, clock);
    central.all(RestTables.SENSOR_TYPE); // whoever can answer that speaks the interface
    Instant now = clock.instant();
    Instant there = client.date().orElse(now);
    trustedUntil = there.plus(Rule.AHEAD_TRUSTED);
    open(address + " of " + greeting.machine());
    pushStatus = new PushStatus(client, greeting.hostname(), greeting.version(), clock);
    Optional<RestRecord.Report> before = rulings.isMirrored() ? record.report() : Optional.empty();
    boolean hasReport = before.isPresent() && pushStatus.isThere(before.get());
    limits =
        pushStatus.report(record.contact().map(RestRecord.Contact::limits).orElse(Limits.ORIGINAL));
    removed = new RemovedThere(central, record, limits, hasReport, this::hasLostReadings);
    new Verification(central, record, limits, removed).check();
    removed.prove(rulings.isMirrored() ? pushStatus.kept() : Optional.empty());
    record.contact(
        new RestRecord.Contact(
            record.contact().map(RestRecord.Contact::first).orElse(now),
            now,
            Duration.between(there, now).toMillis(),
            trustedUntil,
            greeting.hostname(),
            greeting.version(),
            limits));
    save();
    return new Welcome(
        "REST",
        SyncApi.PROTOCOL,
        there,
        MAX_ROWS,
        Integer.MAX_VALUE,
        trustedUntil,
        record.positions(Lane.LIVE),
        record.positions(Lane.UNTRUSTED),
        standing().countAside(),
        Map.of(),
        List.of(),
        Map.of(),
        mayHaveChanges());
  }

  /** What was changed and added there that this gateway does not have yet. */
  public synchronized List<MetadataChange> changes(Holdings holdings) throws IOException {
    if (!rulings.isBothWays()) {
      return List.of();
    }
    if (rulings.isMirrored()) {
      new RestRemovals(client, central, record, limits, conflicts, clock).settle(holdings);
      if (new Revival(client, central, record, removed).of(holdings.kept())) {
        witnesses.forget();
      }
      removed.proveSensors();
    }
    List<MetadataChange> changes =
        new ArrayList<>(new RestChanges(central, record, limits).of(holdings));
    changes.addAll(removed.told(holdings));
    save();
    looked = clock.instant();
    return changes;
  }

  /** Asks {@link Witnesses} once in a push. */
  private boolean hasLostReadings() throws IOException {
    if (lostReadings.isEmpty()) {
      lostReadings = Optional.of(new Resumption(record, witnesses).hasGoneBack());
    }
    return lostReadings.get();
  }

  /** The newest row of a series that the server has acknowledged. */
  public synchronized Optional<Position> acknowledged(Table series) {
    return record.reached(series, Lane.LIVE);
  }

  /** Once in a while, for new rows are seen by a look only; and where a change is seen already. */
  private boolean mayHaveChanges() throws IOException {
    boolean isTime = Duration.between(looked, clock.instant()).abs().compareTo(BETWEEN_LOOKS) >= 0;
    return rulings.isBothWays()
        && (isTime || removed.areSeen() || new RestChanges(central, record, limits).areSeen());
  }

  /** Where a table begins, now that what it refers to is matched. */
  public synchronized Optional<Position> resume(Table table, Lane lane) throws IOException {
    if (!table.isSeries()) {
      boolean parentsMoved =
          table.columns().stream()
              .anyMatch(column -> column.references().filter(remapped::contains).isPresent());
      return parentsMoved ? Optional.empty() : reached(table, lane);
    }
    if (lane == Lane.LIVE) {
      boolean wentBack = hasLostReadings();
      if (new Resumption(record, witnesses).releaseHeld(table) || wentBack) {
        save();
      }
    }
    return reached(table, lane);
  }

  /** Delivers a batch; what can't be delivered is noted here with its reason. */
  public synchronized Ack send(Batch batch) throws IOException {
    Table table = batch.table();
    if (table.isSeries()) {
      if (new Revival(client, central, record, removed).ofParents(batch.rows())) {
        witnesses.forget();
      }
      return new SeriesDelivery(record, setAside, bulk, limits, witnesses, trustedUntil)
          .send(batch, this::save);
    }
    WholeDelivery delivery =
        new WholeDelivery(client, central, record, limits, bulk, pushStatus, rulings, removed);
    try {
      return delivery.send(batch);
    } finally {
      if (delivery.remapped()) {
        remapped.add(table.name());
        witnesses.forget();
      }
      save(); // what was matched so far stays matched
    }
  }

  /** What is known of this gateway; empty if it never greeted. Nothing is changed. */
  public synchronized Optional<GatewayStatus> status() throws IOException {
    client.list(RestTables.ROOM_TYPE, "");
    read();
    return standing().status(gateway, clock);
  }

  /** The first rows that are set aside here, rows of one cause together where they wait. */
  public synchronized List<SetAside> setAside() throws IOException {
    return standing().setAside();
  }

  private Standing standing() {
    return new Standing(record, setAside);
  }

  private Optional<Position> reached(Table table, Lane lane) {
    return record.reached(table, lane);
  }

  private void read() {
    record = file.read();
    setAside.load();
    witnesses = new Witnesses(client, central, record);
  }

  private void open(String owner) throws IOException {
    read();
    boolean lacksRows = setAside.size() < record.rowsAside();
    if (!record.owner().equals(owner) || lacksRows) {
      if (record.contact().isPresent()) {
        log.info(
            "{}; everything is matched and sent again, and what central has already is merged",
            lacksRows
                ? "The list of rows set aside is not whole"
                : "What is known here is about another server or database");
      }
      record.beginAnew(owner);
      setAside.clear();
    }
  }

  private void save() throws IOException {
    record.rowsAside(setAside.size());
    file.write(record);
  }
}
