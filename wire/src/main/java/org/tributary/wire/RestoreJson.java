package org.tributary.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is said while a gateway's rows are read back, as JSON. Stateless. */
public final class RestoreJson {

  private static final int LONGEST_WINDOW = 400 * Window.DAY;

  private RestoreJson() {}

  public static byte[] write(RestoreTerms terms) {
    return Json.bytes(json(terms));
  }

  private static Map<String, @Nullable Object> json(RestoreTerms terms) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("expires", terms.expires().toString());
    terms.from().ifPresent(from -> json.put("from", from.toString()));
    terms.before().ifPresent(before -> json.put("before", before.toString()));
    Map<String, Object> series = new TreeMap<>();
    terms
        .series()
        .forEach(
            (table, windows) ->
                series.put(
                    table,
                    windows.stream()
                        .map(each -> List.of(each.hour(), each.hours() / Window.DAY))
                        .toList()));
    json.put("series", series);
    json.put("lost", terms.lost());
    json.put("shared", terms.shared());
    return json;
  }

  public static byte[] write(RestoreOutlook outlook) {
    Map<String, @Nullable Object> json = json(outlook.terms());
    NameJson.put(json, outlook.holder());
    Map<String, Object> outline = new TreeMap<>();
    outlook
        .metadata()
        .tables()
        .forEach(
            (table, rows) ->
                outline.put(
                    table,
                    new TreeMap<>(rows)
                        .entrySet().stream()
                            .map(row -> List.of(row.getKey(), row.getValue()))
                            .toList()));
    json.put("outline", outline);
    Map<String, Object> lost = new TreeMap<>();
    outlook.lost().forEach((table, rows) -> lost.put(table, json(rows)));
    json.put("lostMetadata", lost);
    return Json.bytes(json);
  }

  public static RestoreOutlook readOutlook(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    Map<String, Map<Long, Long>> outline = new TreeMap<>();
    for (Map.Entry<String, Object> each : fields.object("outline").entrySet()) {
      Map<Long, Long> rows = new TreeMap<>();
      for (Object row : each.getValue() instanceof List<?> list ? list : List.of()) {
        List<?> pair = pair(row);
        rows.put(whole(pair.get(0)), whole(pair.get(1)));
      }
      outline.put(each.getKey(), rows);
    }
    Map<String, List<Unreadable>> lost = new TreeMap<>();
    for (Map.Entry<String, Object> each : fields.object("lostMetadata").entrySet()) {
      lost.put(each.getKey(), readLost(each.getValue()));
    }
    return new RestoreOutlook(readTerms(fields), NameJson.read(fields), new Outline(outline), lost);
  }

  public static byte[] write(RestoreCount count) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("rows", count.rows());
    json.put("lost", json(count.lost()));
    count.upTo().ifPresent(upTo -> json.put("upTo", PositionJson.write(upTo)));
    return Json.bytes(json);
  }

  public static RestoreCount readCount(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    List<Unreadable> lost = readLost(fields.list("lost"));
    Optional<Position> upTo = fields.position("upTo");
    return fields.build(() -> new RestoreCount(fields.number("rows"), lost, upTo));
  }

  private static List<Object> json(List<Unreadable> lost) {
    List<Object> json = new ArrayList<>();
    lost.forEach(row -> json.add(List.of(row.key(), row.reason())));
    return json;
  }

  private static List<Unreadable> readLost(Object json) throws WireFormatException {
    List<Unreadable> lost = new ArrayList<>();
    for (Object each : json instanceof List<?> list ? list : List.of()) {
      List<?> pair = pair(each);
      lost.add(new Unreadable(String.valueOf(pair.get(0)), "{}", String.valueOf(pair.get(1))));
    }
    return lost;
  }

  private static List<?> pair(Object json) throws WireFormatException {
    if (json instanceof List<?> pair && pair.size() == 2) {
      return pair;
    }
    throw new WireFormatException("Two values are expected, not " + json);
  }

  public static RestoreTerms readTerms(byte[] body) throws WireFormatException {
    return readTerms(Fields.of(body));
  }

  private static RestoreTerms readTerms(Fields fields) throws WireFormatException {
    fields.expectProduct();
    Map<String, List<Window>> series = new TreeMap<>();
    for (Map.Entry<String, Object> each : fields.object("series").entrySet()) {
      series.put(each.getKey(), readStretches(each.getValue()));
    }
    List<Long> shared = new ArrayList<>();
    for (Object node : fields.list("shared")) {
      shared.add(whole(node));
    }
    return fields.build(
        () ->
            new RestoreTerms(
                fields.instant("expires"),
                time(fields, "from"),
                time(fields, "before"),
                series,
                fields.number("lost"),
                shared));
  }

  private static Optional<Instant> time(Fields fields, String name) throws WireFormatException {
    return fields.optional(name).isEmpty() ? Optional.empty() : Optional.of(fields.instant(name));
  }

  private static List<Window> readStretches(Object json) throws WireFormatException {
    List<Window> windows = new ArrayList<>();
    for (Object each : json instanceof List<?> list ? list : List.of()) {
      List<?> pair = pair(each);
      long hour = whole(pair.get(0));
      long days = whole(pair.get(1));
      if (!Window.isFirstOfADay(hour) || days < 1 || days > Window.FARTHEST / Window.DAY) {
        throw new WireFormatException("No days: " + pair);
      }
      windows.add(new Window(null, hour, (int) days * Window.DAY));
    }
    return windows;
  }

  private static long whole(@Nullable Object number) throws WireFormatException {
    if (number instanceof Integer || number instanceof Long) {
      return ((Number) number).longValue();
    }
    throw new WireFormatException("A whole number is expected, not " + number);
  }

  public static byte[] write(RestoreRequest request) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", request.table().name());
    request
        .window()
        .ifPresent(
            window -> {
              json.put("hour", window.hour());
              json.put("hours", window.hours());
              if (window.node() != null) {
                json.put("node", window.node());
              }
            });
    request.after().ifPresent(after -> json.put("after", PositionJson.write(after)));
    json.put("maxRows", request.maxRows());
    return Json.bytes(json);
  }

  public static RestoreRequest readRequest(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    String name = fields.text("table");
    Table table =
        Tables.named(name)
            .orElseThrow(() -> new WireFormatException("No table that travels: " + name));
    Optional<Window> window =
        fields.optional("hour").isEmpty() ? Optional.empty() : Optional.of(readWindow(fields));
    Optional<Position> after = fields.position("after");
    if (after.isPresent() && after.get().key().size() != table.key().size()) {
      throw new WireFormatException("No key of " + table + ": " + after.get());
    }
    return fields.build(() -> new RestoreRequest(table, window, after, fields.integer("maxRows")));
  }

  /** That central knows that all is there. */
  public static byte[] ended() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    return Json.bytes(json);
  }

  /** Reads that. */
  public static void readEnded(byte[] body) throws WireFormatException {
    Fields.of(body).expectProduct();
  }

  private static Window readWindow(Fields fields) throws WireFormatException {
    int hours = fields.integer("hours");
    long hour = fields.number("hour");
    if (hours > LONGEST_WINDOW || !Window.isFirstOfADay(hour) || hours % Window.DAY != 0) {
      throw new WireFormatException("A window is of whole days, of 400 at most");
    }
    Long node = fields.optional("node").isEmpty() ? null : (Long) fields.number("node");
    return fields.build(() -> new Window(node, hour, hours));
  }
}
