package org.tributary.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.store.ingest.Conflict;

/** Says what both sides had otherwise, in lines for people and as JSON. */
final class ConflictWords {

  private ConflictWords() {}

  /** A line that says which row and field, and one for each version. */
  static List<String> of(Conflict conflict) {
    List<String> lines = new ArrayList<>();
    String what =
        conflict.column().isEmpty() ? "the row as a whole" : "%s".formatted(conflict.column());
    lines.add("");
    lines.add(
        "%d  %s %d, %s: %s, %s"
            .formatted(
                conflict.id(),
                conflict.table(),
                conflict.central().value(),
                what,
                kind(conflict.kind()),
                Answers.time(conflict.noticed())));
    if (conflict.versions().base() != null) {
      lines.add("   both had         " + shown(conflict.versions().base()));
    }
    lines.add(
        "   %s  %s%s"
            .formatted(
                "gateway has    ",
                shown(conflict.versions().gateway()),
                counts(conflict, Conflict.Side.GATEWAY)));
    lines.add(
        "   %s  %s%s"
            .formatted(
                "central has    ",
                shown(conflict.versions().central()),
                counts(conflict, Conflict.Side.CENTRAL)));
    lines.add(
        "   gateway %s, its %s %d"
            .formatted(
                Answers.plain(conflict.gateway().value()),
                conflict.table(),
                conflict.local().value()));
    conflict
        .chosen()
        .ifPresent(
            choice ->
                lines.add(
                    "   resolved: %s, by %s, %s"
                        .formatted(
                            side(choice.side()),
                            Answers.plain(choice.by()),
                            Answers.time(choice.at()))));
    return lines;
  }

  private static String counts(Conflict conflict, Conflict.Side side) {
    return conflict.winner() == side ? "   <- counts (%s)".formatted(conflict.why()) : "";
  }

  private static String kind(Conflict.Kind kind) {
    return switch (kind) {
      case MATCHED -> "otherwise when it was matched";
      case EDITED -> "changed on both sides";
      case REMOVED_THERE -> "removed at the gateway, changed at central";
      case REMOVED_HERE -> "removed at central, changed at the gateway";
    };
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
