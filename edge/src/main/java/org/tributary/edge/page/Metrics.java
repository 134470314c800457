package org.tributary.edge.page;

import java.time.Duration;
import java.util.Map;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.RunningPush;
import org.tributary.edge.Standing;
import org.tributary.edge.Waiting;

/**
 * A gateway's figures for Prometheus. What is not known is left out: a figure that is there is
 * true.
 */
final class Metrics {

  private static final String PREFIX = "tributary_gateway_";

  private final Look look;
  private final Exposition figures = new Exposition();

  private Metrics(Look look) {
    this.look = look;
  }

  static String of(Look look) {
    Metrics metrics = new Metrics(look);
    metrics.process();
    look.remotes().forEach(metrics::remote);
    return metrics.figures.toString();
  }

  private void process() {
    gauge("up", "1: the push is at work.", Map.of(), 1);
    gauge("build_info", "The program.", Map.of("version", look.version()), 1);
    gauge(
        "start_time_seconds",
        "When the push began to work, since 1970.",
        Map.of(),
        look.since().toEpochMilli() / 1e3);
    if (look.sensorsUnknown().isEmpty()) {
      gauge("nodes", "Sensor nodes that are known.", Map.of(), look.sensors().nodes().size());
      gauge(
          "nodes_silent",
          "Sensor nodes that were not heard for an hour.",
          Map.of(),
          look.sensors().silent());
    }
  }

  private void remote(RunningPush.Remote remote) {
    RemoteStatus status = remote.status();
    Map<String, String> labels = Map.of("remote", status.name());
    for (Standing standing : Standing.values()) {
      gauge(
          "standing",
          "How it stands with the remote: 1 for the word that status says, 0 for the others.",
          Map.of("remote", status.name(), "standing", StatusJson.name(standing)),
          status.standing() == standing ? 1 : 0);
    }
    if (status.localFailure().isEmpty()) {
      waiting(status, labels);
    }
    status
        .lastContact()
        .ifPresent(
            time ->
                gauge(
                    "last_contact_timestamp_seconds",
                    "When a push last reached the remote, since 1970.",
                    labels,
                    time.toEpochMilli() / 1e3));
    status
        .lastSample()
        .ifPresent(
            time ->
                gauge(
                    "last_sample_timestamp_seconds",
                    "The time of the newest reading that the remote has taken, since 1970.",
                    labels,
                    time.toEpochMilli() / 1e3));
    counter("rows_sent_total", "Rows that the remote has answered for.", labels, remote.rowsSent());
    if (remote.bytesSent().isPresent()) {
      counter(
          "bytes_sent_total",
          "Bytes of the bodies of requests that were answered.",
          labels,
          remote.bytesSent().getAsLong());
    }
    counter(
        "push_failures_total", "Pushes that broke off or were refused.", labels, remote.failures());
    status
        .clockOffset()
        .ifPresent(
            offset ->
                gauge(
                    "clock_offset_seconds",
                    "How far this machine's clock was ahead of the remote's at the end of a push.",
                    labels,
                    offset.toMillis() / 1e3));
    if (status.lastContact().isPresent()) {
      gauge(
          "rows_set_aside", "Rows of this gateway that are kept apart.", labels, status.setAside());
    }
    remote
        .lastPush()
        .ifPresent(
            took ->
                gauge(
                    "push_duration_seconds",
                    "How long the last push took that came to its end.",
                    labels,
                    took.toMillis() / 1e3));
  }

  private void waiting(RemoteStatus status, Map<String, String> labels) {
    for (Waiting table : status.waiting()) {
      gauge(
          "rows_waiting",
          "Rows that the next pushes would send.",
          Map.of("remote", status.name(), "table", table.table().name()),
          table.rows());
    }
    String help = "How old the oldest reading is that waits; 0 if nothing does.";
    if (status.rowsWaiting() == 0) {
      gauge("oldest_unsent_seconds", help, labels, 0);
    }
    status
        .oldestWaiting()
        .map(time -> Duration.between(time, look.at()).toMillis() / 1e3)
        .ifPresent(age -> gauge("oldest_unsent_seconds", help, labels, Math.max(0, age)));
  }

  private void gauge(String name, String help, Map<String, String> labels, Number value) {
    figures.gauge(PREFIX + name, help, labels, value);
  }

  private void counter(String name, String help, Map<String, String> labels, Number value) {
    figures.counter(PREFIX + name, help, labels, value);
  }
}
