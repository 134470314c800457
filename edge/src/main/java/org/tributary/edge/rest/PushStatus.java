package org.tributary.edge.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.http.LaterException;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Reports this gateway to the server, as every push does first: its host name, its clock and the
 * program. Reading the report back tells what the server keeps of a time, and that it takes one
 * tells that it can write.
 */
final class PushStatus implements Evidence {

  private static final Logger log = LoggerFactory.getLogger(PushStatus.class);

  private final RestClient client;
  private final String hostname;
  private final String version;
  private final Clock clock;
  private boolean works;
  private Optional<CentralRow> kept = Optional.empty();

  PushStatus(RestClient client, String hostname, String version, Clock clock) {
    this.client = client;
    this.hostname = Limits.cut(hostname, Limits.HOST_NAME);
    this.version = Limits.cut(version, Limits.VERSION);
    this.clock = clock;
  }

  /**
   * Reports, and finds out what the server holds. A report that fails stops nothing.
   *
   * @param before what was found out last: times must not be cut to whole seconds for a moment
   */
  Limits report(Limits before) throws IOException {
    Optional<CentralRow> reported = create();
    works = reported.isPresent();
    if (!works) {
      log.warn("Central does not take the report of this gateway; its rows are sent all the same");
      return before;
    }
    kept = client.find(RestTables.PUSH_STATUS, reported.get().id());
    if (kept.isEmpty() || !(kept.get().cell("localtime") instanceof Instant time)) {
      return before;
    }
    return time.get(ChronoField.MICRO_OF_SECOND) != 0 ? Limits.NONE : Limits.ORIGINAL;
  }

  /** The report as the server shows it, if it took one and shows it. */
  Optional<RestRecord.Report> kept() {
    return kept.map(PushStatus::remembered);
  }

  /** Whether the server still has a report of before, exactly as it showed it then. */
  boolean isThere(RestRecord.Report report) throws IOException {
    return client
        .find(RestTables.PUSH_STATUS, report.id())
        .map(PushStatus::remembered)
        .filter(report::equals)
        .isPresent();
  }

  private static RestRecord.Report remembered(CentralRow row) {
    return new RestRecord.Report(
        row.id(), new String(RestJson.bytes(row.cells()), StandardCharsets.UTF_8));
  }

  @Override
  public void ofARowsOwnFault(String what) throws IOException {
    if (!works || create().isEmpty()) {
      throw new LaterException(
          "Central's server fails on %s, and can't write a report either: it is not well"
              .formatted(what),
          Optional.<Duration>empty());
    }
  }

  private Optional<CentralRow> create() throws IOException {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(RestTable.LABEL, RestTables.PUSH_STATUS.label());
    row.put("hostname", hostname);
    row.put("localtime", withFraction(clock.instant()));
    row.put("version", version);
    return client.create(RestTables.PUSH_STATUS, row);
  }

  /** A microsecond more or less says nothing of a clock, and whether it is kept says a lot. */
  private static Instant withFraction(Instant time) {
    Instant micros = time.truncatedTo(ChronoUnit.MICROS);
    return micros.get(ChronoField.MICRO_OF_SECOND) != 0
        ? micros
        : micros.plus(1, ChronoUnit.MICROS);
  }
}
