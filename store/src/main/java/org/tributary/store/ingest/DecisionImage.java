package org.tributary.store.ingest;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Json;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * What a decision changed, as it was and as it was then; kept as JSON, to undo it by.
 *
 * @param before entries, rows and rows set aside as they were, where they are others then
 * @param after entries and rows as they were then, likewise
 * @param states how many node states the node had that it is about; 0 for other tables
 */
record DecisionImage(MatchingState before, MatchingState after, long states) {

  /** Of all that two states differ by. */
  static DecisionImage between(MatchingState was, MatchingState is, long states) {
    return new DecisionImage(without(was, is), without(is, was), states);
  }

  private static MatchingState without(MatchingState some, MatchingState others) {
    Map<RowAt, MatchingState.Entry> journal = new LinkedHashMap<>(some.journal());
    journal.entrySet().removeIf(e -> e.getValue().equals(others.journal().get(e.getKey())));
    Map<RowAt, Map<String, @Nullable Object>> rows = new LinkedHashMap<>(some.rows());
    rows.entrySet().removeIf(e -> e.getValue().equals(others.rows().get(e.getKey())));
    Map<MatchingState.Key, MatchingState.Aside> apart = new LinkedHashMap<>(some.apart());
    apart.entrySet().removeIf(e -> e.getValue().equals(others.apart().get(e.getKey())));
    return new MatchingState(journal, rows, apart, 0);
  }

  /** The rows at the gateway whose entries changed. */
  Set<RowAt> entries() {
    Set<RowAt> all = new LinkedHashSet<>(before.journal().keySet());
    all.addAll(after.journal().keySet());
    return all;
  }

  /** The rows of central that changed, were made, or went. */
  Set<RowAt> rows() {
    Set<RowAt> all = new LinkedHashSet<>(before.rows().keySet());
    all.addAll(after.rows().keySet());
    return all;
  }

  String write() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("before", write(before));
    json.put("after", write(after));
    json.put("states", states);
    return new String(Json.bytes(json), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> write(MatchingState state) {
    List<Object> journal = new ArrayList<>();
    state
        .journal()
        .forEach(
            (at, entry) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("table", at.table().name());
              json.put("id", at.id());
              json.put("central", entry.central());
              json.put("evidence", entry.evidence());
              json.put("base", entry.base());
              if (entry.centralBase() != null) {
                json.put("centralBase", entry.centralBase());
              }
              json.put("since", entry.since().toString());
              json.put("inForce", entry.inForce());
              journal.add(json);
            });
    List<Object> rows = new ArrayList<>();
    state
        .rows()
        .forEach(
            (at, row) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("table", at.table().name());
              json.put("id", at.id());
              json.put("row", SyncJson.writeRow(row));
              rows.add(json);
            });
    List<Object> apart = new ArrayList<>();
    state
        .apart()
        .forEach(
            (key, aside) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("table", key.table().name());
              json.put("key", key.key());
              json.put("rule", aside.rule().name());
              json.put("reason", aside.reason());
              json.put("row", aside.content());
              json.put("since", aside.since().toString());
              apart.add(json);
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("journal", journal);
    json.put("rows", rows);
    json.put("setAside", apart);
    return json;
  }

  /** Reads what {@link #write} wrote. */
  static DecisionImage read(String text) throws SQLException {
    try {
      Map<?, ?> json = (Map<?, ?>) Json.parse(text.getBytes(StandardCharsets.UTF_8));
      return new DecisionImage(
          readState(value(json, "before")),
          readState(value(json, "after")),
          ((Number) value(json, "states")).longValue());
    } catch (WireFormatException | ClassCastException | NullPointerException e) {
      throw new SQLException("tributary_decision holds no image: " + text, e);
    }
  }

  private static @Nullable String optionalText(Object json, String name) {
    return json instanceof Map<?, ?> map && map.get(name) instanceof String text ? text : null;
  }

  private static MatchingState readState(Object json) throws WireFormatException {
    Map<RowAt, MatchingState.Entry> journal = new LinkedHashMap<>();
    for (Object each : (List<?>) value(json, "journal")) {
      journal.put(
          at(each),
          new MatchingState.Entry(
              number(each, "central"),
              text(each, "evidence"),
              text(each, "base"),
              optionalText(each, "centralBase"),
              Instant.parse(text(each, "since")),
              value(each, "inForce").equals(true)));
    }
    Map<RowAt, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
    for (Object each : (List<?>) value(json, "rows")) {
      RowAt at = at(each);
      Rows.Builder row = new Rows.Builder(at.table(), at.table().travelling(), 1);
      SyncJson.readRow(text(each, "row"), row, at.table().travelling());
      rows.put(at, row.build().row(0));
    }
    Map<MatchingState.Key, MatchingState.Aside> apart = new LinkedHashMap<>();
    for (Object each : (List<?>) value(json, "setAside")) {
      apart.put(
          new MatchingState.Key(table(each), text(each, "key")),
          new MatchingState.Aside(
              Rule.valueOf(text(each, "rule")),
              text(each, "reason"),
              text(each, "row"),
              Instant.parse(text(each, "since"))));
    }
    return new MatchingState(journal, rows, apart, 0);
  }

  private static RowAt at(Object json) {
    return new RowAt(table(json), number(json, "id"));
  }

  private static Table table(Object json) {
    return Tables.named(text(json, "table")).orElseThrow();
  }

  private static long number(Object json, String name) {
    return ((Number) value(json, name)).longValue();
  }

  private static String text(Object json, String name) {
    return (String) value(json, name);
  }

  private static Object value(Object json, String name) {
    return Objects.requireNonNull(((Map<?, ?>) json).get(name), name);
  }
}
