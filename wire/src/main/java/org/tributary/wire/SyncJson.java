package org.tributary.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    greeting.boot().ifPresent(boot -> json.put("boot", boot));
    if (!greeting.claims().isEmpty()) {
      json.put("claims", DigestJson.claims(greeting.claims()));
    }
    if (!greeting.terms().equals(MergeTerms.ONE_WAY)) {
      json.put("metadata", MetadataJson.toJson(greeting.terms()));
    }
    return Json.bytes(json);
  }

  public static Greeting readGreeting(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    List<Claims> claims = DigestJson.readClaims(fields);
    MergeTerms terms =
        fields.optional("metadata").isEmpty()
            ? MergeTerms.ONE_WAY
            : MetadataJson.readTerms(fields.object("metadata"));
    Optional<String> boot =
        fields.optional("boot").isEmpty() ? Optional.empty() : Optional.of(fields.text("boot"));
    return fields.build(
        () ->
            new Greeting(
                new GatewayId(fields.text("gateway")),
                fields.text("machine"),
                fields.text("hostname"),
                fields.text("version"),
                fields.integer("protocol"),
                fields.instant("now"),
                claims,
                boot,
                terms));
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
    if (!welcome.history().isEmpty()) {
      json.put("history", toJson(welcome.history()));
    }
    if (welcome.differences().stream().anyMatch(each -> !each.isEmpty())) {
      json.put("differences", DigestJson.differences(welcome.differences()));
    }
    if (!welcome.open().isEmpty()) {
      json.put("open", DigestJson.days(welcome.open()));
    }
    if (welcome.hasChanges()) {
      json.put("changes", true);
    }
    return Json.bytes(json);
  }

  public static Welcome readWelcome(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    Map<String, Position> positions = toPositions(fields.object("positions"));
    Map<String, Position> untrusted = toPositions(fields.object("untrusted"));
    Map<String, Position> history =
        fields.optional("history").isEmpty() ? Map.of() : toPositions(fields.object("history"));
    List<List<Difference>> differences = DigestJson.readDifferences(fields);
    Map<String, List<Window>> open = DigestJson.readDays(fields, "open");
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
                fields.number("setAside"),
                history,
                differences,
                open,
                Boolean.TRUE.equals(fields.all().get("changes"))));
  }

  public static byte[] write(Ack ack) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("inserted", ack.inserted());
    json.put("changed", ack.changed());
    json.put("unchanged", ack.unchanged());
    json.put("setAside", ack.setAside().stream().map(SyncJson::toJson).toList());
    json.put("position", ack.position().map(PositionJson::write).orElse(null));
    if (ack.settled().isPresent()) {
      json.put("kept", ack.settled().get().kept());
      json.put("deleted", ack.settled().get().deleted());
      json.put("mirrorRefused", ack.settled().get().refused());
    }
    if (!ack.pause().isZero()) {
      json.put("pauseMillis", ack.pause().toMillis());
    }
    return Json.bytes(json);
  }

  public static Ack readAck(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    List<SetAside> setAside = readSetAside(fields.list("setAside"));
    Optional<Position> position =
        fields.optional("position").isEmpty()
            ? Optional.empty()
            : Optional.of(PositionJson.read(fields.list("position")));
    Optional<Ack.Settled> settled =
        fields.optional("kept").isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Ack.Settled(
                    fields.number("kept"),
                    fields.number("deleted"),
                    fields.optional("mirrorRefused").equals(Optional.of(true))));
    Duration pause =
        fields.optional("pauseMillis").isEmpty()
            ? Duration.ZERO
            : Duration.ofMillis(fields.number("pauseMillis"));
    return fields.build(
        () ->
            new Ack(
                fields.integer("inserted"),
                fields.integer("changed"),
                fields.integer("unchanged"),
                setAside,
                position,
                settled,
                pause));
  }

  public static byte[] write(GatewayStatus status) {
    return Json.bytes(toJson(status));
  }

  public static byte[] write(List<GatewayStatus> statuses) {
    return Json.bytes(statuses.stream().map(SyncJson::toJson).toList());
  }

  public static GatewayStatus readGatewayStatus(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    List<GatewayStatus.TableStatus> tables = new ArrayList<>();
    for (Object item : fields.list("tables")) {
      Fields table = Fields.of(item);
      Optional<Position> reached = table.position("position");
      Optional<Position> untrusted = table.position("untrusted");
      Optional<Position> history = table.position("history");
      long kept = table.optional("kept").isEmpty() ? 0 : table.number("kept");
      long missing = table.optional("missing").isEmpty() ? 0 : table.number("missing");
      tables.add(
          table.build(
              () ->
                  new GatewayStatus.TableStatus(
                      table.text("table"),
                      reached,
                      untrusted,
                      table.number("setAside"),
                      history,
                      kept,
                      missing)));
    }
    Map<Rule, Long> rules = byRule(new Fields(fields.object("setAsideByRule")));
    String why = fields.optional("stopped").isEmpty() ? "" : fields.text("stopped");
    long untaken = fields.optional("untaken").isEmpty() ? 0 : fields.number("untaken");
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
                rules,
                why.isEmpty() ? Optional.empty() : Optional.of(why),
                untaken));
  }

  public static byte[] writeSetAside(List<SetAside> rows) {
    return Json.bytes(rows.stream().map(SyncJson::toJson).toList());
  }

  /** The same with what else central knows of each row. */
  public static byte[] writeSetAsideRows(List<SetAsideRow> rows) {
    return Json.bytes(rows.stream().map(SetAsideRow::fields).toList());
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
    return Json.bytes(json);
  }

  public static List<SetAside> readSetAside(byte[] body) throws WireFormatException {
    if (Json.parse(body) instanceof List<?> rows) {
      return readSetAside(rows);
    }
    throw new WireFormatException("A JSON list is expected");
  }

  public static byte[] writeCorrections(List<Correction> corrections) {
    List<Object> list = new ArrayList<>();
    for (Correction each : corrections) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("table", each.table());
      json.put("key", each.key());
      json.put("kind", each.kind().name());
      json.put("before", each.before());
      json.put("noticed", each.noticed().toString());
      list.add(json);
    }
    return Json.bytes(list);
  }

  /** That all is well. */
  public static byte[] writeHealth(String version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    json.put("status", "ok");
    json.put("version", version);
    return Json.bytes(json);
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

  /** A problem as RFC 9457 has it. */
  public static byte[] writeProblem(int status, String title, String detail) {
    return Json.bytes(problem(status, title, detail));
  }

  /** A problem with the member or parameter that it is about. */
  public static byte[] writeProblem(int status, String title, String detail, String field) {
    Map<String, @Nullable Object> json = problem(status, title, detail);
    json.put("field", field);
    return Json.bytes(json);
  }

  private static Map<String, @Nullable Object> problem(int status, String title, String detail) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    return json;
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
    row.forEach((name, value) -> json.put(name, CellJson.write(value)));
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }

  /** A row written by {@link #writeRow}, with the cells that the columns say. */
  public static void readRow(String json, Rows.Builder into, List<Column> columns)
      throws WireFormatException {
    Map<String, Object> fields = Fields.of(json.getBytes(StandardCharsets.UTF_8)).all();
    for (int i = 0; i < columns.size(); i++) {
      into.add(i, CellJson.read(columns.get(i), fields.get(columns.get(i).name())));
    }
    into.endRow();
  }

  public static String writePosition(Position position) {
    return new String(Json.bytes(PositionJson.write(position)), StandardCharsets.UTF_8);
  }

  public static Position readPosition(String json) throws WireFormatException {
    return PositionJson.read(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, @Nullable Object> toJson(GatewayStatus status) {
    List<Object> tables = new ArrayList<>();
    for (GatewayStatus.TableStatus table : status.tables()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("table", table.table());
      json.put("position", table.position().map(PositionJson::write).orElse(null));
      json.put("untrusted", table.untrusted().map(PositionJson::write).orElse(null));
      json.put("setAside", table.setAside());
      table.history().ifPresent(stretch -> json.put("history", PositionJson.write(stretch)));
      if (table.kept() != 0) {
        json.put("kept", table.kept());
      }
      if (table.missing() != 0) {
        json.put("missing", table.missing());
      }
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
    status.stopped().ifPresent(why -> json.put("stopped", why));
    if (status.untaken() != 0) {
      json.put("untaken", status.untaken());
    }
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

  private static Map<String, Object> toJson(Map<String, Position> positions) {
    Map<String, Object> json = new TreeMap<>();
    positions.forEach((table, position) -> json.put(table, PositionJson.write(position)));
    return json;
  }

  private static Map<String, Position> toPositions(Map<String, Object> json)
      throws WireFormatException {
    Map<String, Position> positions = new TreeMap<>();
    for (Map.Entry<String, Object> entry : json.entrySet()) {
      positions.put(entry.getKey(), PositionJson.read(entry.getValue()));
    }
    return positions;
  }
}
