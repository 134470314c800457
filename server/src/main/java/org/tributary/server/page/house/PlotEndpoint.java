package org.tributary.server.page.house;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.Database;
import org.tributary.store.plot.HouseList;
import org.tributary.store.plot.Line;
import org.tributary.store.plot.NearestReadings;
import org.tributary.store.plot.SensorId;
import org.tributary.store.plot.SeriesCorrections;
import org.tributary.store.plot.SeriesCorrections.Corrected;
import org.tributary.store.plot.SeriesSlice;
import org.tributary.store.report.Span;
import org.tributary.wire.rest.RestJson;

/** What is drawn of some sensors of a house over a span, in columns. Thread-safe. */
final class PlotEndpoint implements Endpoint {

  private static final int MAX_TRANSITIONS = 100;

  private final HouseList houses;
  private final SeriesSlice slices;
  private final SeriesCorrections corrections;
  private final NearestReadings nearest;
  private final Clock clock;

  PlotEndpoint(Database database, Clock clock) {
    this.houses = new HouseList(database);
    this.slices = new SeriesSlice(database);
    this.corrections = new SeriesCorrections(database);
    this.nearest = new NearestReadings(database);
    this.clock = clock;
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public String path() {
    return "/houses/{house}/plot.json";
  }

  @Override
  public Audience audience() {
    return Audience.READERS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Optional<Selection> asked = Selection.of(request);
    if (asked.isEmpty() || !houses.has(asked.get().house())) {
      return HouseParts.unknown(request);
    }
    Selection selection = asked.get();
    Span span = selection.span(houses.last(selection.house()), clock.instant());
    List<Object> lines = new ArrayList<>();
    long readings = 0;
    List<Object> moves = new ArrayList<>();
    Set<Long> movesTold = new TreeSet<>();
    for (SensorId sensor : selection.sensors()) {
      Line line = slices.of(selection.house(), sensor, span, selection.points());
      readings += line.readings();
      lines.add(json(line, corrections.of(sensor, span)));
      if (movesTold.add(sensor.node())) { // all its sensors moved with it
        line.moves().forEach(move -> moves.add(json(move)));
      }
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("house", selection.house());
    json.put("from", span.from().toString());
    json.put("until", span.until().toString());
    json.put("zone", selection.zone().getId());
    json.put("transitions", transitions(selection.zone(), span));
    json.put("moves", moves);
    json.put("sensors", lines);
    if (readings == 0) {
      json.put("nearest", json(nearest.of(selection.house(), selection.sensors(), span)));
    }
    return Response.json(RestJson.bytes(json));
  }

  private static Map<String, @Nullable Object> json(Line line, List<Corrected> corrected) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("sensor", line.sensor().toString());
    json.put("node", line.sensor().node());
    json.put("type", line.sensor().type());
    json.put("name", line.kind().name());
    json.put("unit", line.kind().unit());
    json.put("sign", line.kind().sign());
    json.put("readings", line.readings());
    json.put("thinned", line.isThinned());
    json.put("x", line.times());
    json.put("y", line.values());
    if (line.isThinned()) {
      json.put("min", line.least());
      json.put("max", line.greatest());
      json.put("n", line.counts());
    }
    json.put("last", line.last().orElse(null));
    json.put("corrections", corrected.stream().map(PlotEndpoint::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Corrected corrected) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("time", corrected.time().toString());
    json.put("kind", corrected.kind().name());
    json.put("before", corrected.before().orElse(null));
    json.put("noticed", corrected.noticed().toString());
    return json;
  }

  private static Map<String, @Nullable Object> json(Line.Move move) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("node", move.node());
    json.put("time", move.time().toString());
    json.put("from", move.from().orElse(null));
    json.put("to", move.to().orElse(null));
    return json;
  }

  private static Map<String, @Nullable Object> json(NearestReadings.Found found) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("before", found.before().map(Instant::toString).orElse(null));
    json.put("after", found.after().map(Instant::toString).orElse(null));
    return json;
  }

  /** When clocks are changed in a zone: an hour comes twice there, or not at all. */
  private static List<Object> transitions(ZoneId zone, Span span) {
    List<Object> transitions = new ArrayList<>();
    Instant after = span.from().minusSeconds(7_200);
    ZoneOffsetTransition next = zone.getRules().nextTransition(after);
    while (next != null
        && next.getInstant().isBefore(span.until().plusSeconds(7_200))
        && transitions.size() < MAX_TRANSITIONS) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("time", next.getInstant().toString());
      json.put("seconds", next.getDuration().toSeconds());
      transitions.add(json);
      next = zone.getRules().nextTransition(next.getInstant());
    }
    return transitions;
  }
}
