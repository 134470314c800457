package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What greetings and welcomes say about windows: as {@link DigestCodec} writes it, in base64. */
final class DigestJson {

  private DigestJson() {}

  static List<String> claims(List<Claims> all) {
    return all.stream().map(DigestCodec::encode).map(DigestJson::base64).toList();
  }

  static List<Claims> readClaims(Fields fields) throws WireFormatException {
    List<Claims> claims = new ArrayList<>();
    for (byte[] each : fields.binaries("claims")) {
      try {
        claims.add(DigestCodec.decodeClaims(each));
      } catch (IOException e) {
        throw new WireFormatException("Claims that can't be read: " + e.getMessage(), e);
      }
    }
    return claims;
  }

  static List<String> differences(List<List<Difference>> all) {
    return all.stream()
        .map(each -> each.isEmpty() ? "" : base64(DigestCodec.encodeDifferences(each)))
        .toList();
  }

  static List<List<Difference>> readDifferences(Fields fields) throws WireFormatException {
    List<List<Difference>> differences = new ArrayList<>();
    for (byte[] each : fields.binaries("differences")) {
      try {
        differences.add(each.length == 0 ? List.of() : DigestCodec.decodeDifferences(each));
      } catch (IOException e) {
        throw new WireFormatException("Differences that can't be read: " + e.getMessage(), e);
      }
    }
    return differences;
  }

  /** Days by their first hours since 1970, by table. */
  static Map<String, List<Long>> days(Map<String, List<Window>> all) {
    Map<String, List<Long>> json = new TreeMap<>();
    all.forEach((table, days) -> json.put(table, days.stream().map(Window::hour).toList()));
    return json;
  }

  static Map<String, List<Window>> readDays(Fields fields, String name) throws WireFormatException {
    if (fields.optional(name).isEmpty()) {
      return Map.of();
    }
    Map<String, List<Window>> all = new TreeMap<>();
    for (Map.Entry<String, Object> table : fields.object(name).entrySet()) {
      List<Window> days = new ArrayList<>();
      if (!(table.getValue() instanceof List<?> hours)) {
        throw new WireFormatException("Days are a list, not " + table.getValue());
      }
      for (Object hour : hours) {
        days.add(new Window(null, firstOfADay(hour), Window.DAY));
      }
      all.put(table.getKey(), days);
    }
    return all;
  }

  private static long firstOfADay(@Nullable Object hour) throws WireFormatException {
    if ((hour instanceof Integer || hour instanceof Long)
        && Window.isFirstOfADay(((Number) hour).longValue())) {
      return ((Number) hour).longValue();
    }
    throw new WireFormatException("Not the first hour of a day: " + hour);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
