package org.tributary.store.completeness;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.store.completeness.HouseCompleteness.GatewayReach;
import org.tributary.wire.Backlog;

/** What is said of a house's completeness, as programs read it. Stateless. */
public final class CompletenessJson {

  private CompletenessJson() {}

  /** All of it: texts, whole numbers, lists and maps, in their order. */
  public static Map<String, @Nullable Object> of(HouseCompleteness house) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("house", house.house().id());
    json.put("address", house.house().address());
    json.put("deployment", house.house().deployment().orElse(null));
    json.put("from", house.from().toString());
    json.put("until", house.until().toString());
    json.put("expected", house.expected());
    json.put("recorded", house.recorded());
    json.put("present", house.present());
    json.put("waiting", house.waiting());
    json.put("setAside", house.setAside());
    json.put("lost", counts(house.lost()));
    json.put("corrections", house.corrections());
    json.put("digest", Long.toHexString(house.digest().sum()));
    json.put("gateways", house.gateways().stream().map(CompletenessJson::of).toList());
    json.put("days", house.days().stream().map(CompletenessJson::of).toList());
    json.put("gaps", house.gaps().stream().map(CompletenessJson::of).toList());
    return json;
  }

  private static Map<String, @Nullable Object> of(GatewayReach gateway) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("gateway", gateway.gateway());
    json.put("version", gateway.version());
    json.put("lastContact", gateway.lastContact().toString());
    json.put("reached", gateway.reached().map(Instant::toString).orElse(null));
    json.put("unsent", gateway.unsent());
    json.put("backlog", gateway.backlog().spans().stream().map(CompletenessJson::of).toList());
    return json;
  }

  private static Map<String, @Nullable Object> of(Backlog.Span span) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("from", span.from().toString());
    json.put("until", span.until().toString());
    return json;
  }

  private static Map<String, @Nullable Object> of(NodeDay day) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("day", day.day().toString());
    json.put("node", day.node());
    json.put("expected", day.expected());
    json.put("present", day.present());
    json.put("waiting", day.waiting());
    json.put("setAside", counts(day.setAside()));
    json.put("lost", counts(day.lost()));
    json.put("digest", Long.toHexString(day.digest().sum()));
    return json;
  }

  private static Map<String, @Nullable Object> of(Gap gap) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("node", gap.node());
    json.put("from", gap.from().toString());
    json.put("until", gap.until().toString());
    json.put("rows", gap.rows());
    json.put("cause", gap.cause().name());
    json.put("evidence", gap.evidence());
    return json;
  }

  private static Map<String, Long> counts(Map<? extends Enum<?>, Long> counts) {
    Map<String, Long> json = new LinkedHashMap<>();
    counts.forEach((key, rows) -> json.put(key.name(), rows));
    return json;
  }
}
