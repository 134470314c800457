package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many rows of one table of a gateway are set aside by one rule. */
public record SetAsideCount(GatewayId gateway, String table, Rule rule, long rows) {
  public SetAsideCount {
    requireNonNull(gateway);
    requireNonNull(table);
    requireNonNull(rule);
  }

  /** Its fields for JSON. */
  public Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("gateway", gateway.value());
    fields.put("table", table);
    fields.put("rule", rule.name());
    fields.put("rows", rows);
    return fields;
  }
}
