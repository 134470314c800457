package org.tributary.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.Json;
import org.tributary.wire.WireFormatException;

/** Says what both sides had otherwise, in lines for people and as JSON. */
final class ConflictWords {

  private ConflictWords() {}

  /** Which row and field, and what each side has, in eighty columns. */
  static void print(Conflict conflict, Answers answers) {
    answers.line("");
    answers.wrapped(
        "",
        "%d  %s %d, %s: %s, %s"
            .formatted(
                conflict.id(),
                conflict.table(),
                conflict.central().value(),
                conflict.column().isEmpty() ? "the row as a whole" : conflict.column(),
                conflict.kind().words(),
                Answers.time(conflict.noticed())));
    if (conflict.column().isEmpty()) {
      row(conflict, answers);
    } else {
      field(conflict, answers);
    }
    answers.wrapped(
        "   ",
        "gateway %s, its %s %d"
            .formatted(conflict.gateway().value(), conflict.table(), conflict.local().value()));
    conflict
        .chosen()
        .ifPresent(
            choice ->
                answers.wrapped(
                    "   ",
                    "resolved: %s, by %s, %s"
                        .formatted(side(choice.side()), choice.by(), Answers.time(choice.at()))));
  }

  private static void field(Conflict conflict, Answers answers) {
    if (conflict.versions().base() != null) {
      answers.wrapped("   ", "both had         " + shown(conflict.versions().base()));
    }
    for (Conflict.Side side : Conflict.Side.values()) {
      answers.wrapped(
          "   ",
          "%-7s has      %s%s"
              .formatted(
                  side == Conflict.Side.GATEWAY ? "gateway" : "central",
                  shown(conflict.versions().of(side)),
                  counts(conflict, side)));
    }
  }

  /** A row that one end removed: what the other changed in it, field by field. */
  private static void row(Conflict conflict, Answers answers) {
    Map<String, @Nullable Object> base = cells(conflict.versions().base());
    for (Conflict.Side side : Conflict.Side.values()) {
      Object version = conflict.versions().of(side);
      String name = side == Conflict.Side.GATEWAY ? "gateway" : "central";
      if (version == null) {
        answers.line("   %-7s has it no longer%s".formatted(name, counts(conflict, side)));
        continue;
      }
      answers.line("   %-7s has%s".formatted(name, counts(conflict, side)));
      cells(version)
          .forEach(
              (column, value) -> {
                boolean differs =
                    base.containsKey(column) && !Objects.equals(base.get(column), value);
                answers.wrapped(
                    "     ",
                    "%-18s %s%s"
                        .formatted(
                            column,
                            shown(value),
                            differs ? "   (both had %s)".formatted(shown(base.get(column))) : ""));
              });
    }
  }

  /** A row as it was kept; what can't be read stands as it is. */
  private static Map<String, @Nullable Object> cells(@Nullable Object row) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    try {
      if (row instanceof String json
          && Json.parse(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> all) {
        all.forEach((name, value) -> cells.put(String.valueOf(name), value));
      }
    } catch (WireFormatException e) {
      cells.put("row", row);
    }
    return cells;
  }

  private static String counts(Conflict conflict, Conflict.Side side) {
    return conflict.winner() == side ? "   <- counts (%s)".formatted(conflict.why()) : "";
  }

  static String side(Conflict.Side side) {
    return side == Conflict.Side.GATEWAY ? "the gateway's" : "central's";
  }

  static String shown(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    return value instanceof String text ? '"' + Answers.plain(text) + '"' : value.toString();
  }

  static Map<String, @Nullable Object> json(Conflict conflict) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", conflict.id());
    json.put("gateway", conflict.gateway().value());
    json.put("table", conflict.table().name());
    json.put("gatewayId", conflict.local().value());
    json.put("centralId", conflict.central().value());
    json.put("kind", conflict.kind().name());
    json.put("column", conflict.column());
    json.put("base", plain(conflict.versions().base()));
    json.put("gatewayHas", plain(conflict.versions().gateway()));
    json.put("centralHas", plain(conflict.versions().central()));
    json.put("counts", conflict.winner().name());
    json.put("why", conflict.why());
    json.put("noticed", conflict.noticed().toString());
    json.put("resolved", conflict.chosen().map(choice -> choice.side().name()).orElse(null));
    return json;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Instant time ? time.toString() : value;
  }
}
