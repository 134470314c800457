package org.tributary.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tributary.server.http.AnswerWatch;
import org.tributary.server.sync.BatchWatch;
import org.tributary.store.StoreException;
import org.tributary.store.fleet.Fleet;
import org.tributary.store.fleet.FleetGateway;
import org.tributary.wire.Ack;

/**
 * What central counts and measures of itself and its fleet: the only class that knows Micrometer.
 * Neither addresses nor people are told, and of paths only the patterns. Thread-safe.
 */
public final class CentralMeters implements AnswerWatch, BatchWatch, AutoCloseable {

  private static final String SIGN_IN = "/sign-in";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final FleetFigures fleet;
  private final Map<String, MultiGauge> ofGateways = new LinkedHashMap<>();
  private final MultiGauge states;
  private final Counter batches;
  private final Counter bytes;
  private final Counter signInFailures;

  public CentralMeters(Fleet fleet, String version, Clock clock) {
    this.fleet = new FleetFigures(fleet, clock);
    for (FleetFigures.Figure figure : this.fleet.figures()) {
      ofGateways.put(
          figure.name(),
          MultiGauge.builder(figure.name()).description(figure.help()).register(registry));
    }
    states =
        MultiGauge.builder("tributary.central.gateways")
            .description("Gateways by their state")
            .register(registry);
    batches =
        Counter.builder("tributary.central.batches")
            .description("Batches that were stored and acknowledged")
            .register(registry);
    bytes =
        Counter.builder("tributary.central.ingested.bytes")
            .description("Bytes of these batches, as they travelled")
            .register(registry);
    signInFailures =
        Counter.builder("tributary.central.sign.in.failures")
            .description("Sign-ins that were refused, by name and password or for too many tries")
            .register(registry);
    for (String outcome : List.of("inserted", "changed", "unchanged", "set_aside")) {
      rows(outcome);
    }
    Gauge.builder("tributary.central.build.info", () -> 1)
        .description("Always 1; the label says which version runs")
        .tags("version", version)
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  @Override
  public void answered(String method, String pattern, int status, Duration took) {
    Timer.builder("tributary.central.requests")
        .description("Requests that were answered or refused, by endpoint")
        .tags("method", method, "path", pattern, "status", Integer.toString(status))
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10))
        .register(registry)
        .record(took);
    if (pattern.equals(SIGN_IN) && (status == 401 || status == 429)) {
      signInFailures.increment();
    }
  }

  @Override
  public void stored(Ack ack, long size) {
    batches.increment();
    bytes.increment((double) size);
    rows("inserted").increment(ack.inserted());
    rows("changed").increment(ack.changed());
    rows("unchanged").increment(ack.unchanged());
    rows("set_aside").increment(ack.setAside().size());
  }

  private Counter rows(String outcome) {
    return Counter.builder("tributary.central.ingested.rows")
        .description("Rows of batches, by what became of them")
        .tags("outcome", outcome)
        .register(registry);
  }

  /** All figures as they are now, in Prometheus's text format. */
  synchronized String scrape() throws StoreException {
    List<FleetGateway> gateways = fleet.gateways();
    for (FleetFigures.Figure figure : fleet.figures()) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      for (FleetGateway gateway : gateways) {
        figure
            .of()
            .apply(gateway)
            .ifPresent(
                value -> rows.add(MultiGauge.Row.of(Tags.of("gateway", gateway.name()), value)));
      }
      MultiGauge gauge = ofGateways.get(figure.name());
      if (gauge != null) {
        gauge.register(rows, true);
      }
    }
    List<MultiGauge.Row<?>> counts = new ArrayList<>();
    FleetFigures.byState(gateways)
        .forEach(
            (state, count) ->
                counts.add(
                    MultiGauge.Row.of(
                        Tags.of("state", state.name().toLowerCase(Locale.ROOT)), count)));
    states.register(counts, true);
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
