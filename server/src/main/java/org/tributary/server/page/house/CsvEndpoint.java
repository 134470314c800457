package org.tributary.server.page.house;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.Database;
import org.tributary.store.export.SeriesExport;
import org.tributary.store.export.SeriesExport.Chosen;
import org.tributary.store.plot.HouseList;
import org.tributary.store.report.Span;
import org.tributary.wire.rest.BadFieldException;

/**
 * The readings that are seen in a house's plots as a file, every one of them, with what is known of
 * those that are missing. Thread-safe.
 */
final class CsvEndpoint implements Endpoint {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final HouseList houses;
  private final SeriesExport export;
  private final Clock clock;

  CsvEndpoint(Database database, Clock clock) {
    this.houses = new HouseList(database);
    this.export = new SeriesExport(database, clock);
    this.clock = clock;
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return "/houses/{house}/readings.csv";
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Optional<Selection> asked = Selection.of(request);
    if (asked.isEmpty()) {
      return HouseParts.unknown(request);
    }
    Selection selection = asked.get();
    if (selection.sensors().isEmpty()) {
      throw new BadFieldException(
          Selection.SENSOR,
          "Say which sensors: sensor=37-0 for type 0 of node 37, as often as needed");
    }
    Span span = selection.span(houses.last(selection.house()), clock.instant());
    Optional<Chosen> chosen =
        export.choose(selection.house(), span, new LinkedHashSet<>(selection.sensors()));
    if (chosen.isEmpty()) {
      return HouseParts.unknown(request);
    }
    return Response.stream(200, "text/csv; charset=utf-8", out -> export.write(chosen.get(), out))
        .with("Content-Disposition", "attachment; filename=\"" + name(selection, span) + "\"");
  }

  private static String name(Selection selection, Span span) {
    Instant last = span.until().minusNanos(1);
    return "house-%d_%s_%s.csv"
        .formatted(selection.house(), DAY.format(span.from()), DAY.format(last));
  }
}
