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
    return Json.bytes(json);
  }

  public static RestoreTerms readTerms(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
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
      if (!(each instanceof List<?> pair) || pair.size() != 2) {
        throw new WireFormatException("A stretch is its first hour and how many days it has");
      }
      long hour = whole(pair.get(0));
      long days = whole(pair.get(1));
      if (hour % Window.DAY != 0 || days < 1 || days > Integer.MAX_VALUE / Window.DAY) {
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
    if (hours > LONGEST_WINDOW || hour % Window.DAY != 0 || hours % Window.DAY != 0) {
      throw new WireFormatException("A window is of whole days, of 400 at most");
    }
    Long node = fields.optional("node").isEmpty() ? null : (Long) fields.number("node");
    return fields.build(() -> new Window(node, hour, hours));
  }
}
