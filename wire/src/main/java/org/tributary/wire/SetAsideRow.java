package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that central keeps apart, as it stands in its books.
 *
 * @param id its number there; grows with the order of arrival
 * @param what the row's table and key, and why it was set aside
 * @param time the row's own time, where it is a row of a series whose time is known
 * @param since when it was set aside first
 * @param content the row as the gateway has it, as JSON
 * @param decided what became of it, where it is not set aside any more
 */
public record SetAsideRow(
    long id,
    GatewayId gateway,
    SetAside what,
    Optional<Instant> time,
    Instant since,
    String content,
    Optional<Decided> decided) {

  public SetAsideRow {
    requireNonNull(gateway);
    requireNonNull(what);
    requireNonNull(time);
    requireNonNull(since);
    requireNonNull(content);
    requireNonNull(decided);
  }

  /** That a person dropped it: who, and when. */
  public record Decided(String by, Instant at) {
    public Decided {
      requireNonNull(by);
      requireNonNull(at);
    }
  }

  /**
   * Its fields for JSON: those of {@link SetAside}, and its own; the content may be large and is
   * not among them.
   */
  public Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("gateway", gateway.value());
    fields.put("table", what.table());
    fields.put("key", what.key());
    fields.put("rule", what.rule().name());
    fields.put("reason", what.reason());
    fields.put("time", time.map(Instant::toString).orElse(null));
    fields.put("since", since.toString());
    decided.ifPresent(
        done -> {
          fields.put("droppedBy", done.by());
          fields.put("dropped", done.at().toString());
        });
    return fields;
  }
}
