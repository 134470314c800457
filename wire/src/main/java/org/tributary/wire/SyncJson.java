package org.tributary.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sync protocol's messages as JSON. A reader takes only what is whole and of the right kind:
 * anything else, a captive portal's page for example, is a {@link WireFormatException}. Stateless.
 */
public final class SyncJson {

  private static final JSON JSON_OF_MAPS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private SyncJson() {}

  public static byte[] write(Greeting greeting) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("gateway", greeting.gateway().value());
    json.put("machine", greeting.machine());
    json.put("hostname", greeting.hostname());
    json.put("version", greeting.version());
    json.put("protocol", greeting.protocol());
    json.put("now", greeting.now().toString());
    return bytes(json);
  }

  public static Greeting readGreeting(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    return fields.build(
        () ->
            new Greeting(
                new GatewayId(fields.text("gateway")),
                fields.text("machine"),
                fields.text("hostname"),
                fields.text("version"),
                fields.integer("protocol"),
                fields.instant("now")));
  }

  public static byte[] write(Welcome welcome) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("version", welcome.version());
    json.put("protocol", welcome.protocol());
    json.put("now", welcome.now().toString());
    json.put("maxRows", welcome.maxRows());
    json.put("maxBytes", welcome.maxBytes());
    json.put("trustedUntil", welcome.trustedUntil().toString());
    json.put("positions", toJson(welcome.positions()));
    json.put("untrusted", toJson(welcome.untrusted()));
    json.put("setAside", welcome.setAside());
    return bytes(json);
  }

  public static Welcome readWelcome(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    Map<String, Position> positions = toPositions(fields.object("positions"));
    Map<String, Position> untrusted = toPositions(fields.object("untrusted"));
    return fields.build(
        () ->
            new Welcome(
                fields.text("version"),
                fields.integer("protocol"),
                fields.instant("now"),
                fields.integer("maxRows"),
                fields.integer("maxBytes"),
                fields.instant("trustedUntil"),
                positions,
                untrusted,
                fields.number("setAside")));
  }

  public static byte[] write(Ack ack) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("inserted", ack.inserted());
    json.put("changed", ack.changed());
    json.put("unchanged", ack.unchanged());
    json.put("setAside", ack.setAside().stream().map(SyncJson::toJson).toList());
    json.put("position", ack.position().map(SyncJson::toJson).orElse(null));
    return bytes(json);
  }

  public static Ack readAck(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    List<SetAside> setAside = readSetAside(fields.list("setAside"));
    Optional<Position> position =
        fields.optional("position").isEmpty()
            ? Optional.empty()
            : Optional.of(toPosition(fields.list("position")));
    return fields.build(
        () ->
            new Ack(
                fields.integer("inserted"),
                fields.integer("changed"),
                fields.integer("unchanged"),
                setAside,
                position));
  }

  public static byte[] write(GatewayStatus status) {
    return bytes(toJson(status));
  }

  public static byte[] write(List<GatewayStatus> statuses) {
    return bytes(statuses.stream().map(SyncJson::toJson).toList());
  }

  public static GatewayStatus readGatewayStatus(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    List<GatewayStatus.TableStatus> tables = new ArrayList<>();
    for (Object item : fields.list("tables")) {
      Fields table = Fields.of(item);
      Optional<Position> reached = table.position("position");
      Optional<Position> untrusted = table.position("untrusted");
      tables.add(
          table.build(
              () ->
                  new GatewayStatus.TableStatus(
                      table.text("table"), reached, untrusted, table.number("setAside"))));
    }
    Map<Rule, Long> rules = byRule(new Fields(fields.object("setAsideByRule")));
    return fields.build(
        () ->
            new GatewayStatus(
                new GatewayId(fields.text("gateway")),
                fields.text("hostname"),
                fields.text("version"),
                fields.instant("firstContact"),
                fields.instant("lastContact"),
                fields.number("clockOffsetMillis"),
                fields.instant("trustedUntil"),
                tables,
                rules));
  }

  public static byte[] writeSetAside(List<SetAside> rows) {
    return bytes(rows.stream().map(SyncJson::toJson).toList());
  }

  /** The same with what else central knows of each row. */
  public static byte[] writeSetAsideRows(List<SetAsideRow> rows) {
    return bytes(rows.stream().map(SetAsideRow::fields).toList());
  }

  /** What is set aside, and what was dropped, for programs that ask on the command line. */
  public static byte[] writeSetAside(List<SetAsideCount> counts, List<SetAsideRow> rows) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("counts", counts.stream().map(SetAsideCount::fields).toList());
    List<Object> whole = new ArrayList<>();
    for (SetAsideRow row : rows) {
      Map<String, @Nullable Object> fields = row.fields();
      fields.put("row", row.content());
      whole.add(fields);
    }
    json.put("rows", whole);
    return bytes(json);
  }

  public static List<SetAside> readSetAside(byte[] body) throws WireFormatException {
    if (parse(body) instanceof List<?> rows) {
      return readSetAside(rows);
    }
    throw new WireFormatException("A JSON list is expected");
  }

  /** That all is well. */
  public static byte[] writeHealth(String version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("status", "ok");
    json.put("version", version);
    return bytes(json);
  }

  /** The version of a central of ours that says that all is well. */
  public static String readHealth(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    if (!fields.text("status").equals("ok")) {
      throw new WireFormatException("\"status\" should be ok");
    }
    return fields.text("version");
  }

  /** Rows as the REST interface has them: times without a zone, UTC, whole seconds cut short. */
  public static byte[] writeTable(Rows rows) {
    List<Object> list = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("__table__", rows.table().name());
      rows.row(row)
          .forEach(
              (name, value) ->
                  json.put(
                      name,
                      value instanceof Instant time
                          ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                              time.atOffset(ZoneOffset.UTC))
                          : toJsonValue(value)));
      list.add(json);
    }
    return bytes(list);
  }

  /** A problem as RFC 9457 has it. */
  public static byte[] writeProblem(int status, String title, String detail) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    return bytes(json);
  }

  /** The detail of a problem; empty if the body is no problem of ours. */
  public static Optional<String> readProblem(byte[] body) {
    try {
      return Optional.of(Fields.of(body).text("detail"));
    } catch (WireFormatException e) {
      return Optional.empty();
    }
  }

  /** A row as a JSON object; times in ISO 8601, UTC. */
  public static String writeRow(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    row.forEach((name, value) -> json.put(name, toJsonValue(value)));
    return new String(bytes(json), StandardCharsets.UTF_8);
  }

  /** A row written by {@link #writeRow}, with the cells that the columns say. */
  public static void readRow(String json, Rows.Builder into, List<Column> columns)
      throws WireFormatException {
    Map<String, Object> fields = Fields.of(json.getBytes(StandardCharsets.UTF_8)).all();
    for (int i = 0; i < columns.size(); i++) {
      into.add(i, fromJsonValue(columns.get(i), fields.get(columns.get(i).name())));
    }
    into.endRow();
  }

  public static String writePosition(Position position) {
    return new String(bytes(toJson(position)), StandardCharsets.UTF_8);
  }

  public static Position readPosition(String json) throws WireFormatException {
    return toPosition(parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, @Nullable Object> toJson(GatewayStatus status) {
    List<Object> tables = new ArrayList<>();
    for (GatewayStatus.TableStatus table : status.tables()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("table", table.table());
      json.put("position", table.position().map(SyncJson::toJson).orElse(null));
      json.put("untrusted", table.untrusted().map(SyncJson::toJson).orElse(null));
      json.put("setAside", table.setAside());
      tables.add(json);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("gateway", status.gateway().value());
    json.put("hostname", status.hostname());
    json.put("version", status.version());
    json.put("firstContact", status.firstContact().toString());
    json.put("lastContact", status.lastContact().toString());
    json.put("clockOffsetMillis", status.clockOffsetMillis());
    json.put("trustedUntil", status.trustedUntil().toString());
    json.put("tables", tables);
    Map<String, Long> byRule = new TreeMap<>();
    status.setAsideByRule().forEach((rule, rows) -> byRule.put(rule.name(), rows));
    json.put("setAsideByRule", byRule);
    return json;
  }

  private static Map<Rule, Long> byRule(Fields counts) throws WireFormatException {
    Map<Rule, Long> byRule = new EnumMap<>(Rule.class);
    for (String rule : counts.all().keySet()) {
      byRule.put(counts.build(() -> Rule.valueOf(rule)), counts.number(rule));
    }
    return byRule;
  }

  private static Map<String, @Nullable Object> toJson(SetAside row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", row.table());
    json.put("key", row.key());
    json.put("rule", row.rule().name());
    json.put("reason", row.reason());
    return json;
  }

  private static List<SetAside> readSetAside(List<?> items) throws WireFormatException {
    List<SetAside> rows = new ArrayList<>();
    for (Object item : items) {
      Fields row = Fields.of(item);
      rows.add(
          row.build(
              () ->
                  new SetAside(
                      row.text("table"),
                      row.text("key"),
                      Rule.valueOf(row.text("rule")),
                      row.text("reason"))));
    }
    return rows;
  }

  // A time is told from a text by being wrapped: {"t": "2015-08-03T08:40:39.890Z"}.
  private static List<Object> toJson(Position position) {
    List<Object> parts = new ArrayList<>();
    for (Object part : position.key()) {
      parts.add(part instanceof Instant time ? Map.of("t", time.toString()) : part);
    }
    return parts;
  }

  private static Map<String, Object> toJson(Map<String, Position> positions) {
    Map<String, Object> json = new TreeMap<>();
    positions.forEach((table, position) -> json.put(table, toJson(position)));
    return json;
  }

  private static Map<String, Position> toPositions(Map<String, Object> json)
      throws WireFormatException {
    Map<String, Position> positions = new TreeMap<>();
    for (Map.Entry<String, Object> entry : json.entrySet()) {
      positions.put(entry.getKey(), toPosition(entry.getValue()));
    }
    return positions;
  }

  private static Position toPosition(Object json) throws WireFormatException {
    if (!(json instanceof List<?> parts)) {
      throw new WireFormatException("A position is a list, not " + json);
    }
    List<Object> key = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof String text) {
        key.add(text);
      } else if (part instanceof Integer || part instanceof Long) {
        key.add(((Number) part).longValue());
      } else {
        key.add(Fields.of(part).instant("t"));
      }
    }
    return new Position(key);
  }

  private static @Nullable Object toJsonValue(@Nullable Object value) {
    if (value instanceof Instant time) {
      return time.toString();
    }
    // JSON has no word for these; they are kept readable.
    if (value instanceof Double real && !Double.isFinite(real)) {
      return real.toString();
    }
    return value;
  }

  private static @Nullable Object fromJsonValue(Column column, @Nullable Object value)
      throws WireFormatException {
    if (value == null) {
      return null;
    }
    try {
      return switch (column.type()) {
        case INTEGER ->
            value instanceof Integer small ? (Object) small.longValue() : (Object) (Long) value;
        case BOOLEAN -> (Boolean) value;
        case TEXT -> (String) value;
        case TIME -> {
          Instant time = Instant.parse((String) value);
          Micros.of(time); // what a cell can't hold is refused here
          yield time;
        }
        case REAL ->
            value instanceof String word
                ? (Object) Double.valueOf(word)
                : (Object) ((Number) value).doubleValue();
      };
    } catch (ClassCastException
        | DateTimeException
        | ArithmeticException
        | NumberFormatException e) {
      throw new WireFormatException("Not a value of " + column.name() + ": " + value, e);
    }
  }

  private static byte[] bytes(Object json) {
    try {
      return JSON_OF_MAPS.asBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("Maps of plain values can always be written", e);
    }
  }

  private static Object parse(byte[] body) throws WireFormatException {
    try (JsonParser parser = JSON_OF_MAPS.createParser(body)) {
      Object json = JSON_OF_MAPS.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw new WireFormatException("Something follows the message: " + firstWords(body));
      }
      if (json == null) {
        throw new WireFormatException("JSON null where a value is expected");
      }
      return json;
    } catch (WireFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new WireFormatException("Not JSON: " + firstWords(body), e);
    }
  }

  private static String firstWords(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 60), StandardCharsets.UTF_8);
    return body.length == 0 ? "an empty body" : '"' + text.strip() + '"';
  }

  /** The fields of one JSON object, asked for by name and kind. */
  private record Fields(Map<String, Object> all) {

    static Fields of(byte[] body) throws WireFormatException {
      return of(parse(body));
    }

    @SuppressWarnings("unchecked") // a JSON object's keys are texts
    static Fields of(Object json) throws WireFormatException {
      if (json instanceof Map<?, ?> map) {
        return new Fields((Map<String, Object>) map);
      }
      throw new WireFormatException("A JSON object is expected");
    }

    void expectProduct() throws WireFormatException {
      if (!SyncApi.PRODUCT.equals(all.get("product"))) {
        throw new WireFormatException("What answered is not Tributary");
      }
    }

    Optional<Object> optional(String name) {
      return Optional.ofNullable(all.get(name));
    }

    String text(String name) throws WireFormatException {
      return as(String.class, name);
    }

    long number(String name) throws WireFormatException {
      Object value = all.get(name);
      if (value instanceof Integer || value instanceof Long) {
        return ((Number) value).longValue();
      }
      throw wrong(name, "a whole number");
    }

    int integer(String name) throws WireFormatException {
      long value = number(name);
      if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
        throw wrong(name, "a whole number of 32 bits");
      }
      return (int) value;
    }

    Instant instant(String name) throws WireFormatException {
      try {
        return Instant.parse(text(name));
      } catch (DateTimeException e) {
        throw wrong(name, "a time such as 2026-11-01T12:00:00Z");
      }
    }

    Optional<Position> position(String name) throws WireFormatException {
      Object json = all.get(name);
      return json == null ? Optional.empty() : Optional.of(toPosition(json));
    }

    List<?> list(String name) throws WireFormatException {
      return as(List.class, name);
    }

    Map<String, Object> object(String name) throws WireFormatException {
      return of(as(Map.class, name)).all();
    }

    /** Turns what a record's own checks say into a fault of the message. */
    <T> T build(Construction<T> construction) throws WireFormatException {
      try {
        return construction.run();
      } catch (IllegalArgumentException e) {
        throw new WireFormatException(String.valueOf(e.getMessage()), e);
      }
    }

    private <T> T as(Class<T> kind, String name) throws WireFormatException {
      Object value = all.get(name);
      if (!kind.isInstance(value)) {
        throw wrong(name, "a " + kind.getSimpleName().toLowerCase(java.util.Locale.ROOT));
      }
      return kind.cast(value);
    }

    private static WireFormatException wrong(String name, String expected) {
      return new WireFormatException("\"" + name + "\" should be " + expected);
    }
  }

  private interface Construction<T> {
    T run() throws WireFormatException;
  }
}
