package org.tributary.store.completeness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Counted;
import org.tributary.store.completeness.HouseCompleteness.GatewayReach;
import org.tributary.store.completeness.Known.NodeAndDay;
import org.tributary.wire.Backlog;
import org.tributary.wire.Micros;
import org.tributary.wire.Rule;

/**
 * Finds the cause of a silence: what is known for certain comes before what can only be concluded.
 * Not thread-safe.
 */
final class Diagnosis {

  /** A cause, and by what it can be told. */
  record Told(Cause cause, String evidence) {}

  private final Connection connection;
  private final Known known;
  private final KeptApart apart;
  private final List<GatewayReach> gateways;
  private final Map<NodeAndDay, Long> waiting;
  private final Presence house;

  Diagnosis(
      Connection connection,
      Known known,
      KeptApart apart,
      List<GatewayReach> gateways,
      Map<NodeAndDay, Long> waiting,
      Presence house) {
    this.connection = connection;
    this.known = known;
    this.apart = apart;
    this.gateways = gateways;
    this.waiting = waiting;
    this.house = house;
  }

  /** When the last of the house's gateways was heard; empty where none is known. */
  Optional<Instant> lastContact() {
    return gateways.stream().map(GatewayReach::lastContact).max(Instant::compareTo);
  }

  /** What is known of a silence that begins when all gateways have been heard for the last time. */
  Told notHeard(Instant since) {
    return new Told(Cause.NOT_HEARD, "last contact " + since);
  }

  /**
   * The cause of a silence.
   *
   * @param filling readings of it that are set aside
   * @param nodes how many nodes the house has
   * @param partial whether other sensors of the node went on
   */
  Told of(
      Silence silence,
      KeptApart.Counts filling,
      SequenceNumbers numbers,
      int nodes,
      boolean partial)
      throws SQLException {
    Optional<Told> certain = booked(silence, filling);
    if (certain.isPresent()) {
      return certain.get();
    }
    if (partial) {
      return new Told(
          Cause.SENSOR_SILENT,
          "other sensors of the node were heard; silent: types " + inOrder(silence));
    }
    int heard = numbers.heardDuring(silence);
    if (heard * 2L >= silence.messages()) {
      return new Told(
          Cause.SENSOR_SILENT,
          "%d messages of the node were heard, without readings".formatted(heard));
    }
    Optional<SequenceNumbers.Told> told = numbers.about(silence);
    long quiet = house.longestSilence(silence.from(), silence.until());
    boolean othersQuiet = quiet * 2 >= silence.until() - silence.from();
    if (nodes > 1 && othersQuiet) {
      return new Told(
          Cause.GATEWAY_OFF,
          "no node of the house was heard for %d minutes%s"
              .formatted(
                  Duration.ofMillis(quiet / 1_000).toMinutes(),
                  told.map(each -> "; " + words(each)).orElse("")));
    }
    if (told.isPresent()) {
      return new Told(
          told.get().verdict() == SequenceNumbers.Verdict.SENT
              ? Cause.RADIO_LOSS
              : Cause.SENSOR_SILENT,
          words(told.get()));
    }
    return nodes > 1
        ? new Told(Cause.SENSOR_SILENT, "others of the house were heard; no numbers to tell more")
        : new Told(Cause.UNKNOWN, "the only node of its house, and no numbers to tell by");
  }

  /** What the bookkeeping says of at least half of what is missing. */
  private Optional<Told> booked(Silence silence, KeptApart.Counts filling) throws SQLException {
    long unlocated = known.unlocated(connection, silence);
    if (isHalf(unlocated, silence)) {
      return told(Cause.UNLOCATED, "%d are here, stored without a location".formatted(unlocated));
    }
    for (Map.Entry<String, Long> each : known.deleted(connection, silence).entrySet()) {
      if (isHalf(each.getValue(), silence)) {
        return told(
            Cause.DELETED, "%d deleted by gateway %s".formatted(each.getValue(), each.getKey()));
      }
    }
    for (Map.Entry<Rule, Long> each : filling.byRule().entrySet()) {
      if (isHalf(each.getValue(), silence)) {
        return told(
            each.getKey() == Rule.CLOCK_UNTRUSTED ? Cause.CLOCK_UNTRUSTED : Cause.SET_ASIDE,
            "%d kept apart: %s".formatted(each.getValue(), each.getKey().words()));
      }
    }
    long unsent = waiting(silence);
    if (unsent > 0) { // a net count: rows that only central has hide as many
      return told(
          Cause.WAITING,
          "the gateway says that it has at least %d more of those days".formatted(unsent));
    }
    Optional<GatewayReach> sender =
        gateways.stream().filter(each -> isHalf(each.backlog(), silence)).findFirst();
    if (sender.isPresent()) {
      return told(
          Cause.WAITING, "gateway %s sends newer readings first".formatted(sender.get().gateway()));
    }
    long untrusted = apart.untrusted(connection, silence);
    return isHalf(untrusted, silence)
        ? told(
            Cause.CLOCK_UNTRUSTED,
            "%s with other times came in these hours, kept apart"
                .formatted(Counted.of(untrusted, "reading")))
        : Optional.empty();
  }

  private long waiting(Silence silence) {
    long sum = 0;
    LocalDate last = day(silence.until());
    for (LocalDate day = day(silence.from()); !day.isAfter(last); day = day.plusDays(1)) {
      sum += waiting.getOrDefault(new NodeAndDay(silence.node(), day), 0L);
    }
    return sum;
  }

  private static LocalDate day(long micros) {
    return Micros.toInstant(micros).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static boolean isHalf(long rows, Silence silence) {
    return rows > 0 && rows * 2 >= silence.rows();
  }

  private static boolean isHalf(Backlog backlog, Silence silence) {
    long covered = 0;
    for (Backlog.Span span : backlog.spans()) {
      long from = Math.max(silence.from(), Micros.of(span.from()));
      covered += Math.max(0, Math.min(silence.until(), Micros.of(span.until())) - from);
    }
    return covered > 0 && covered * 2 >= silence.until() - silence.from();
  }

  private static Optional<Told> told(Cause cause, String evidence) {
    return Optional.of(new Told(cause, evidence));
  }

  private static String inOrder(Silence silence) {
    return silence.types().stream().sorted().map(String::valueOf).toList().toString();
  }

  private static String words(SequenceNumbers.Told told) {
    String numbers = "numbers %d to %d".formatted(told.before(), told.after());
    return switch (told.verdict()) {
      case SENT -> "the node went on sending (%s)".formatted(numbers);
      case PAUSED -> "the node sent nothing (%s)".formatted(numbers);
      case RESTARTED -> "the node began to count anew (%s)".formatted(numbers);
    };
  }
}
