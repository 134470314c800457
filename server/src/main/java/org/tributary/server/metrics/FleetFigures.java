package org.tributary.server.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tributary.store.StoreException;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.store.fleet.FleetState;

/** What is told of the fleet, looked up at most every ten seconds. Thread-safe. */
final class FleetFigures {

  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Fleet fleet;
  private final Clock clock;
  private Instant looked = Instant.MIN;
  private List<FleetGateway> gateways = List.of();

  FleetFigures(Fleet fleet, Clock clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  /**
   * A figure of each gateway.
   *
   * @param of empty where it is not known; then there is no sample
   */
  record Figure(String name, String help, Function<FleetGateway, Optional<Double>> of) {}

  /** All figures that are told gateway by gateway. */
  List<Figure> figures() {
    return List.of(
        new Figure(
            "tributary.central.gateway.rows.waiting",
            "Rows that the gateway said last that it has and that are not here, or others here",
            gateway -> Optional.of((double) gateway.unsent().rows())),
        new Figure(
            "tributary.central.gateway.oldest.unsent.seconds",
            "Age of the oldest of its readings that is known not to be here; 0 if none is",
            gateway ->
                Optional.of(
                    gateway.unsent().age(clock.instant()).map(FleetFigures::seconds).orElse(0.0))),
        new Figure(
            "tributary.central.gateway.last.contact.timestamp.seconds",
            "When it was heard last, in seconds since 1970",
            gateway -> Optional.of(seconds(gateway.contact().last()))),
        new Figure(
            "tributary.central.gateway.silent.after.seconds",
            "From how long a silence on it counts as silent, going by its habit",
            gateway -> Optional.of(seconds(gateway.contact().silentAfter()))),
        new Figure(
            "tributary.central.gateway.rows.set.aside",
            "Rows of it that are kept apart",
            gateway -> Optional.of((double) gateway.setAsideRows())),
        new Figure(
            "tributary.central.gateway.clock.offset.seconds",
            "How far its clock was ahead of central's at the last contact",
            gateway -> Optional.of(seconds(gateway.contact().clockOffset()))),
        new Figure(
            "tributary.central.gateway.verified",
            "1 if every day that was compared was the same at both ends, else 0",
            gateway -> Optional.of(gateway.proof().isVerified() ? 1.0 : 0.0)),
        new Figure(
            "tributary.central.gateway.compared.timestamp.seconds",
            "When both ends were compared last, whatever came of it, in seconds since 1970",
            gateway -> gateway.proof().compared().map(FleetFigures::seconds)));
  }

  /** All gateways, as they were a few seconds ago at the most. */
  synchronized List<FleetGateway> gateways() throws StoreException {
    Instant now = clock.instant();
    if (looked.isAfter(now) || !looked.isAfter(now.minus(FRESH))) {
      gateways = List.copyOf(new ArrayList<>(fleet.gateways()));
      looked = now;
    }
    return gateways;
  }

  /** How many gateways are in each state; those without any too. */
  static Map<FleetState, Long> byState(List<FleetGateway> gateways) {
    Map<FleetState, Long> counts = new EnumMap<>(FleetState.class);
    for (FleetState state : FleetState.values()) {
      counts.put(state, 0L);
    }
    gateways.forEach(gateway -> counts.merge(gateway.state(), 1L, Long::sum));
    return counts;
  }

  private static double seconds(Duration length) {
    return length.toMillis() / 1_000.0;
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1_000.0;
  }
}
