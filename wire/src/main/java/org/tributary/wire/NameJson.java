package org.tributary.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a greeting would bring about, as JSON. Stateless. */
public final class NameJson {

  private static final String HOLDER = "holder";

  private NameJson() {}

  /**
   * The answer to a greeting that was only tried.
   *
   * @param holder the machine whose place this one would take
   */
  public static byte[] write(Optional<NameHolder> holder) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("product", SyncApi.PRODUCT);
    put(json, holder);
    return Json.bytes(json);
  }

  public static Optional<NameHolder> read(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    fields.expectProduct();
    return read(fields);
  }

  static void put(Map<String, @Nullable Object> json, Optional<NameHolder> holder) {
    holder.ifPresent(
        its -> json.put(HOLDER, Map.of("hostname", its.hostname(), "last", its.last().toString())));
  }

  static Optional<NameHolder> read(Fields fields) throws WireFormatException {
    if (fields.optional(HOLDER).isEmpty()) {
      return Optional.empty();
    }
    Fields its = Fields.of(fields.object(HOLDER));
    return Optional.of(its.build(() -> new NameHolder(its.text("hostname"), its.instant("last"))));
  }
}
