package org.tributary.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is said about changes of metadata, as JSON, and rows of it as they are kept. A reader takes
 * only what is whole and of the right kind. Stateless.
 */
public final class MetadataJson {

  private MetadataJson() {}

  /** Terms as an object of a greeting. */
  static Map<String, @Nullable Object> toJson(MergeTerms terms) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("takes", terms.takes());
    json.put("mirrors", terms.mirrors());
    json.put("rules", terms.rules());
    return json;
  }

  static MergeTerms readTerms(Object json) throws WireFormatException {
    Fields fields = Fields.of(json);
    return fields.build(
        () ->
            MergeTerms.of(
                Boolean.TRUE.equals(fields.all().get("takes")),
                Boolean.TRUE.equals(fields.all().get("mirrors")),
                fields.text("rules")));
  }

  /** Terms as central keeps them. */
  public static String write(MergeTerms terms) {
    return new String(Json.bytes(toJson(terms)), StandardCharsets.UTF_8);
  }

  public static MergeTerms readTerms(String json) throws WireFormatException {
    return readTerms(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  public static byte[] write(Holdings holdings) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("present", toJson(holdings.present()));
    if (!holdings.kept().isEmpty()) {
      json.put("kept", toJson(holdings.kept()));
    }
    return Json.bytes(json);
  }

  public static Holdings readHoldings(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    return new Holdings(
        ids(fields.object("present")),
        fields.optional("kept").isEmpty() ? Map.of() : ids(fields.object("kept")));
  }

  public static byte[] write(List<MetadataChange> changes) {
    return Json.bytes(Map.of("changes", changes.stream().map(MetadataJson::toJson).toList()));
  }

  public static List<MetadataChange> readChanges(byte[] body) throws WireFormatException {
    List<MetadataChange> changes = new ArrayList<>();
    for (Object each : Fields.of(body).list("changes")) {
      changes.add(readChange(Fields.of(each)));
    }
    return changes;
  }

  /** The cells that a row written by {@link SyncJson#writeRow} has, and no others. */
  public static Map<String, @Nullable Object> readRow(String json, Table table)
      throws WireFormatException {
    return cells(Fields.of(json.getBytes(StandardCharsets.UTF_8)).all(), table);
  }

  private static Map<String, @Nullable Object> toJson(MetadataChange change) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", change.kind().name());
    json.put("table", change.table().name());
    json.put("central", change.central().value());
    change.local().ifPresent(local -> json.put("local", local.value()));
    json.put("was", toCells(change.was()));
    json.put("is", toCells(change.is()));
    if (!change.added().isEmpty()) {
      Map<String, Object> added = new TreeMap<>();
      change.added().forEach((column, id) -> added.put(column, id.value()));
      json.put("added", added);
    }
    return json;
  }

  private static MetadataChange readChange(Fields fields) throws WireFormatException {
    String name = fields.text("table");
    Table table =
        Tables.named(name)
            .filter(Table::hasId)
            .orElseThrow(() -> new WireFormatException("No table of metadata: " + name));
    Map<String, @Nullable Object> was = cells(fields.object("was"), table);
    Map<String, @Nullable Object> is = cells(fields.object("is"), table);
    Map<String, CentralId> added = new HashMap<>();
    if (fields.optional("added").isPresent()) {
      Fields ids = new Fields(fields.object("added"));
      for (String column : ids.all().keySet()) {
        if (table.column(column).flatMap(Column::references).isEmpty()) {
          throw new WireFormatException("No reference of " + table + ": " + column);
        }
        added.put(column, new CentralId(ids.number(column)));
      }
    }
    Optional<LocalId> local =
        fields.optional("local").isEmpty()
            ? Optional.empty()
            : Optional.of(new LocalId(fields.number("local")));
    return fields.build(
        () ->
            new MetadataChange(
                MetadataChange.Kind.valueOf(fields.text("kind")),
                table,
                new CentralId(fields.number("central")),
                local,
                was,
                is,
                added));
  }

  private static Map<String, @Nullable Object> toCells(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    row.forEach((name, value) -> json.put(name, CellJson.write(value)));
    return json;
  }

  private static Map<String, @Nullable Object> cells(Map<String, Object> json, Table table)
      throws WireFormatException {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (Column column : table.travelling()) {
      if (json.containsKey(column.name())) {
        cells.put(column.name(), CellJson.read(column, json.get(column.name())));
      }
    }
    if (cells.size() < json.size()) {
      throw new WireFormatException(table + " has no such columns: " + json.keySet());
    }
    return cells;
  }

  private static Map<String, Object> toJson(Map<String, Set<Long>> ids) {
    Map<String, Object> json = new TreeMap<>();
    ids.forEach((table, its) -> json.put(table, List.copyOf(new TreeSet<>(its))));
    return json;
  }

  private static Map<String, Set<Long>> ids(Map<String, Object> json) throws WireFormatException {
    Map<String, Set<Long>> ids = new HashMap<>();
    for (String table : json.keySet()) {
      Set<Long> its = new HashSet<>();
      for (Object id : new Fields(json).list(table)) {
        if (!(id instanceof Integer || id instanceof Long)) {
          throw new WireFormatException("No id of " + table + ": " + id);
        }
        its.add(((Number) id).longValue());
      }
      ids.put(table, its);
    }
    return ids;
  }
}
