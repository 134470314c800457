package org.tributary.edge.rest;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.state.Fields;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTables;

/**
 * Who can say whether a server still has the readings that it acknowledged. For a house it is
 * {@code lastsync}, which knows houses by their address: the first of that address answers for all,
 * so only that one is asked. For readings of other houses, or without a location, it is {@code
 * lastnodesync} of their node.
 */
final class Witnesses {

  private static final Logger log = LoggerFactory.getLogger(Witnesses.class);
  private static final String HOUSE = "house ";
  private static final String NODE = "node ";
  private static final String NOTHING = "nothing";

  private final RestClient client;
  private final CentralTables central;
  private final RestRecord record;
  private final Map<Long, String> ofLocations = new HashMap<>();

  Witnesses(RestClient client, CentralTables central, RestRecord record) {
    this.client = client;
    this.central = central;
    this.record = record;
  }

  /**
   * How far a server has gone back.
   *
   * @param newest the newest reading that it has of what it had more of; empty if it has none
   */
  record GoneBack(Optional<Instant> newest) {}

  /** Who can be asked for readings of a node at a location, which may be null. */
  String of(@Nullable Long localLocation, long node) throws IOException {
    if (localLocation == null) {
      return NODE + node;
    }
    String known = ofLocations.get(localLocation);
    if (known == null) {
      known = house(localLocation).map(house -> HOUSE + house).orElse("");
      ofLocations.put(localLocation, known);
    }
    return known.isEmpty() ? NODE + node : known;
  }

  /** Houses and locations may be others now. */
  void forget() {
    ofLocations.clear();
  }

  /** The house that a location belongs to, as it is here, if it is the first of its address. */
  private Optional<Long> house(long localLocation) throws IOException {
    Optional<Match> location = record.match(Tables.LOCATION.name(), localLocation);
    if (location.isEmpty()) {
      return Optional.empty();
    }
    Object there = Fields.of(location.get().there()).members().get("houseId");
    return record.matches(Tables.HOUSE.name()).entrySet().stream()
        .filter(each -> Long.valueOf(each.getValue().central()).equals(there))
        .map(Map.Entry::getKey)
        .filter(house -> !record.shadowed().contains(house))
        .findFirst();
  }

  /**
   * Asks all of them, and notes who has less than was acknowledged. One that says the same again
   * after everything behind it was sent again does not know what we know, and is asked no more.
   */
  Optional<GoneBack> goneBack() throws IOException {
    Optional<GoneBack> earliest = Optional.empty();
    for (Map.Entry<String, Instant> each : Map.copyOf(record.sent()).entrySet()) {
      String witness = each.getKey();
      Optional<Instant> newest = ask(witness);
      Instant acknowledged = each.getValue().truncatedTo(ChronoUnit.SECONDS);
      if (newest.isPresent() && !newest.get().isBefore(acknowledged)) {
        record.goneBack().remove(witness);
        continue;
      }
      String says = newest.map(Instant::toString).orElse(NOTHING);
      record.sent().remove(witness);
      if (says.equals(record.goneBack().put(witness, says))) {
        continue;
      }
      log.warn(
          "Central has readings of {} up to {}, and had taken them up to {}: was it restored or set"
              + " up anew? They are sent again.",
          witness,
          says,
          each.getValue());
      earliest = Optional.of(earlier(earliest, new GoneBack(newest)));
    }
    return earliest;
  }

  private static GoneBack earlier(Optional<GoneBack> one, GoneBack other) {
    if (one.isEmpty()) {
      return other;
    }
    Optional<Instant> left = one.get().newest();
    boolean isEarlier =
        left.isEmpty() || (other.newest().isPresent() && left.get().isBefore(other.newest().get()));
    return isEarlier ? one.get() : other;
  }

  private Optional<Instant> ask(String witness) throws IOException {
    if (witness.startsWith(NODE)) {
      return client.time("lastnodesync", "node", witness.substring(NODE.length()));
    }
    long local = Long.parseLong(witness.substring(HOUSE.length()));
    Optional<Match> house = record.match(Tables.HOUSE.name(), local);
    Optional<CentralRow> row =
        house.isEmpty() ? Optional.empty() : central.byId(RestTables.HOUSE, house.get().central());
    return row.isPresent() && row.get().cell("address") instanceof String address
        ? client.time("lastsync", "house", address)
        : Optional.empty();
  }
}
