package org.tributary.server.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.Database;
import org.tributary.store.report.EnergyUse;
import org.tributary.store.report.HouseEvents;
import org.tributary.wire.rest.RestDates;

/**
 * The electric energy that a house used, hour by hour or day by day, with what happened there.
 *
 * @param download whether it is a file for a spreadsheet that is asked for
 */
record ElectricEndpoint(Database database, String path, boolean download) implements Endpoint {

  private record Line(Instant begin, double kilowattHours, String event) {}

  static Stream<Endpoint> all(Database database) {
    return Stream.of("", "/{id}")
        .flatMap(
            id ->
                Stream.of(
                    new ElectricEndpoint(database, "/sumRest/electric" + id, false),
                    new ElectricEndpoint(database, "/sumRestDL/electric" + id, true)));
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Asked asked = ReportEndpoint.asked(request, path);
    ChronoUnit unit = HouseReports.unit(asked);
    List<Line> lines = new ArrayList<>();
    if (asked.idOr("houseId").isPresent()) {
      lines = lines(asked.idOr("houseId").get(), asked, unit);
    }
    return download || asked.flag("csv") ? csv(lines) : json(lines);
  }

  private List<Line> lines(long house, Asked asked, ChronoUnit unit) throws IOException {
    List<HouseEvents.HouseEvent> events = new HouseEvents(database).of(house);
    List<Line> lines = new ArrayList<>();
    for (EnergyUse.Use use :
        new EnergyUse(database).electricOfHouse(house, HouseReports.days(asked), unit)) {
      Instant end = use.begin().plus(1, unit);
      String event =
          events.stream()
              .filter(each -> !each.time().isBefore(use.begin()) && each.time().isBefore(end))
              .map(HouseEvents.HouseEvent::name)
              .collect(Collectors.joining("; "));
      lines.add(new Line(use.begin(), use.kilowattHours(), event));
    }
    return lines;
  }

  private static Response json(List<Line> lines) {
    return ReportEndpoint.json(
        lines.stream()
            .map(
                line ->
                    Json.object(
                        "time", line.begin().toEpochMilli(),
                        "date", line.begin(),
                        "kWh", line.kilowattHours(),
                        "event", line.event().isEmpty() ? null : line.event()))
            .toList());
  }

  private static Response csv(List<Line> lines) {
    StringBuilder csv = new StringBuilder("time,date,kWh,event\r\n");
    for (Line line : lines) {
      csv.append(line.begin().toEpochMilli())
          .append(',')
          .append(RestDates.write(line.begin()))
          .append(',')
          .append(String.format(Locale.ROOT, "%s", line.kilowattHours()))
          .append(',')
          .append(quoted(line.event()))
          .append("\r\n");
    }
    return Response.bytes(
            200, "text/csv; charset=utf-8", csv.toString().getBytes(StandardCharsets.UTF_8))
        .with("Content-Disposition", "attachment; filename=\"electric.csv\"");
  }

  /** As RFC 4180 has it; what a spreadsheet would run as a formula is a text to it. */
  private static String quoted(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
