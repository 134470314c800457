package org.tributary.edge.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.RunningPush;
import org.tributary.edge.Standing;
import org.tributary.edge.Waiting;
import org.tributary.edge.words.StandingWords;
import org.tributary.wire.Json;

/** The page for programs: the same as people see. What is not known is left out. */
final class StatusJson {

  private StatusJson() {}

  static String text(Look look) {
    Map<String, Object> json = new LinkedHashMap<>();
    StandingWords words = look.words(look.worst());
    json.put("gateway", look.gateway());
    json.put("version", look.version());
    json.put("asOf", look.at().toString());
    json.put("since", look.since().toString());
    json.put("standing", name(look.worst().status().standing()));
    json.put("headline", words.headline());
    json.put("why", words.sentence());
    json.put("remotes", look.remotes().stream().map(remote -> remote(look, remote)).toList());
    if (look.sensorsUnknown().isEmpty()) {
      json.put("nodes", look.sensors().nodes().stream().map(StatusJson::node).toList());
    }
    look.checkup().ifPresent(checkup -> json.put("doctor", doctor(checkup)));
    return new String(Json.lines(json), StandardCharsets.UTF_8);
  }

  /** {@code waiting_for_network}. */
  static String name(Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> remote(Look look, RunningPush.Remote remote) {
    RemoteStatus status = remote.status();
    StandingWords words = look.words(remote);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", status.name());
    json.put("standing", name(status.standing()));
    json.put("headline", words.headline());
    json.put("why", words.sentence());
    put(json, "lastContact", status.lastContact().map(Instant::toString));
    put(json, "lastSample", status.lastSample().map(Instant::toString));
    put(json, "oldestUnsent", status.oldestWaiting().map(Instant::toString));
    if (status.localFailure().isEmpty()) {
      Map<String, Object> waiting = new LinkedHashMap<>();
      for (Waiting table : status.waiting()) {
        waiting.put(table.table().name(), table.rows());
      }
      json.put("rowsWaiting", waiting);
    }
    put(json, "secondsLeft", status.timeLeft().map(left -> left.longest().toSeconds()));
    json.put("rowsSetAside", status.setAside());
    put(json, "clockOffsetSeconds", status.clockOffset().map(offset -> offset.toMillis() / 1e3));
    put(json, "lastProblem", status.lastProblem());
    put(json, "caveat", status.caveat());
    json.put("rowsSent", remote.rowsSent());
    if (remote.bytesSent().isPresent()) {
      json.put("bytesSent", remote.bytesSent().getAsLong());
    }
    json.put("pushFailures", remote.failures());
    put(json, "lastPushSeconds", remote.lastPush().map(Duration::toMillis).map(ms -> ms / 1e3));
    return json;
  }

  private static Map<String, Object> node(NodesHeard.Node node) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", node.id());
    put(json, "room", node.room());
    put(json, "lastHeard", node.last().map(Instant::toString));
    json.put("silent", node.isSilent());
    List<Map<String, Object>> values = new ArrayList<>();
    for (NodesHeard.Value value : node.values()) {
      if (Double.isFinite(value.value())) { // JSON has no other numbers
        values.add(Map.of("kind", value.kind(), "unit", value.unit(), "value", value.value()));
      }
    }
    json.put("values", values);
    return json;
  }

  private static Map<String, Object> doctor(Checkup checkup) {
    List<Map<String, Object>> advice = new ArrayList<>();
    for (Checkup.Advice each : checkup.advice()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("level", each.finding().level().words());
      json.put("where", each.where());
      json.put("what", each.finding().what());
      json.put("todo", each.finding().advice());
      advice.add(json);
    }
    return Map.of("asOf", checkup.at().toString(), "advice", advice);
  }

  private static void put(
      Map<String, Object> json, String name, Optional<? extends @Nullable Object> value) {
    value.ifPresent(it -> json.put(name, it));
  }
}
