package org.tributary.server.inbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.server.page.Frame;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.Choice;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.MappingDecision;
import org.tributary.store.ingest.RowAt;
import org.tributary.store.ingest.RowNames;
import org.tributary.store.ingest.UndecidedException;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Tables;

/**
 * What the rows are called that the inbox is about, by each side, with the id behind it. Immutable.
 *
 * @param here what central calls its rows
 * @param there what each gateway calls its own
 */
record Called(Map<RowAt, String> here, Map<GatewayId, Map<RowAt, String>> there) {

  Called {
    here = Map.copyOf(here);
    there = Map.copyOf(there);
  }

  /** Finds them out, of all that is shown. */
  static Called of(
      List<Choice> choices,
      List<Conflict> conflicts,
      List<MappingDecision> decisions,
      RowNames names)
      throws StoreException {
    Set<RowAt> here = new HashSet<>();
    Map<GatewayId, Set<RowAt>> there = new HashMap<>();
    for (Choice choice : choices) {
      add(there, choice.gateway(), row(choice.table(), number(choice.local())));
      row(choice.table(), choice.central()).ifPresent(here::add);
    }
    for (Conflict conflict : conflicts) {
      here.add(new RowAt(conflict.table(), conflict.central().value()));
      RowAt own = new RowAt(conflict.table(), conflict.local().value());
      add(there, conflict.gateway(), Optional.of(own));
      for (Conflict.Side side : Conflict.Side.values()) {
        referred(conflict, conflict.versions().of(side)).ifPresent(here::add);
      }
      referred(conflict, conflict.versions().base()).ifPresent(here::add);
    }
    for (MappingDecision decision : decisions) {
      add(there, decision.gateway(), row(decision.table(), OptionalLong.of(decision.local())));
      row(decision.table(), OptionalLong.of(decision.central())).ifPresent(here::add);
    }
    Map<GatewayId, Map<RowAt, String>> own = new HashMap<>();
    for (Map.Entry<GatewayId, Set<RowAt>> each : there.entrySet()) {
      try {
        own.put(each.getKey(), names.at(each.getKey(), each.getValue()));
      } catch (UndecidedException e) {
        own.put(each.getKey(), Map.of()); // it has been forgotten since; its ids remain
      }
    }
    return new Called(names.here(here), own);
  }

  private static void add(
      Map<GatewayId, Set<RowAt>> there, GatewayId gateway, Optional<RowAt> row) {
    row.ifPresent(it -> there.computeIfAbsent(gateway, any -> new HashSet<>()).add(it));
  }

  private static Optional<RowAt> row(String table, OptionalLong id) {
    return id.isEmpty()
        ? Optional.empty()
        : Tables.named(table).map(found -> new RowAt(found, id.getAsLong()));
  }

  private static OptionalLong number(String text) {
    return text.matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** The row that a version of a field refers to, if the field refers to any. */
  private static Optional<RowAt> referred(Conflict conflict, @Nullable Object version) {
    if (!(version instanceof Number id)) {
      return Optional.empty();
    }
    return conflict.table().columns().stream()
        .filter(column -> column.name().equals(conflict.column()))
        .findFirst()
        .flatMap(Column::references)
        .flatMap(table -> row(table, OptionalLong.of(id.longValue())));
  }

  /** A row of central's: {@code 14 Orchard Lane (House 3)}. */
  String here(String table, long id) {
    return row(table, OptionalLong.of(id))
        .map(row -> label(row, here.getOrDefault(row, "")))
        .orElse(table + " " + id);
  }

  /** A gateway's row as it calls it itself. */
  String there(GatewayId gateway, String table, String local) {
    return row(table, number(local))
        .map(row -> label(row, there.getOrDefault(gateway, Map.of()).getOrDefault(row, "")))
        .orElse(table + " " + local);
  }

  /** A version of a field; what it refers to by its name, and a time as on all pages. */
  String version(Conflict conflict, @Nullable Object version) {
    if (version == null) {
      return "nothing";
    }
    return referred(conflict, version)
        .map(row -> here(row.table().name(), row.id()))
        .or(() -> time(conflict, version))
        .orElseGet(version::toString);
  }

  /** To the second, unless both sides differ by less. */
  private static Optional<String> time(Conflict conflict, Object version) {
    return instant(conflict, version)
        .map(
            time -> {
              Conflict.Versions its = conflict.versions();
              boolean isClose =
                  instant(conflict, its.gateway())
                      .map(Frame::time)
                      .equals(instant(conflict, its.central()).map(Frame::time));
              return isClose
                  ? time.toString().replace('T', ' ').replace("Z", "")
                  : Frame.time(time);
            });
  }

  private static Optional<Instant> instant(Conflict conflict, @Nullable Object version) {
    boolean isTime =
        conflict.table().columns().stream()
            .anyMatch(
                column ->
                    column.name().equals(conflict.column()) && column.type() == ColumnType.TIME);
    if (!isTime || version == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(version.toString()));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // shown as it is
    }
  }

  /** What a choice says, in a sentence. */
  String words(Choice choice) {
    String own = there(choice.gateway(), choice.table(), choice.local());
    return switch (choice.verdict()) {
      case SAME -> "It is " + here(choice.table(), choice.central().orElseThrow());
      case DIFFERENT -> "%s is another %s".formatted(own, kind(choice.table()));
      case MOVED -> own + " was carried here";
    };
  }

  /** What was decided, in a sentence without its full stop. */
  String words(MappingDecision decision) {
    String own =
        "%s of %s"
            .formatted(
                there(decision.gateway(), decision.table(), String.valueOf(decision.local())),
                decision.gateway().value());
    String here = here(decision.table(), decision.central());
    return switch (decision.verdict()) {
      case SAME -> "%s is %s".formatted(own, here);
      case DIFFERENT -> "%s is another thing, here %s".formatted(own, here);
      case MOVED -> own + " was carried here";
    };
  }

  private static String kind(String table) {
    return switch (table) {
      case "SensorType" -> "type of sensor";
      case "NodeType" -> "type of node";
      case "RoomType" -> "type of room";
      default -> table.toLowerCase(Locale.ROOT);
    };
  }

  private static String label(RowAt row, String words) {
    String id = row.table() + " " + row.id();
    if (words.isEmpty()) {
      return id;
    }
    // A node's number is what is written on it; other ids mean nothing to people.
    return row.table().equals(Tables.NODE) ? id + " in " + words : "%s (%s)".formatted(words, id);
  }
}
