package org.tributary.edge.page;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures in Prometheus' text format, version 0.0.4: each family once, with its help and its type
 * before its samples. Not thread-safe.
 */
final class Exposition {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, StringBuilder> families = new LinkedHashMap<>();

  /** Something that goes up and down. */
  void gauge(String name, String help, Map<String, String> labels, Number value) {
    sample(name, help, "gauge", labels, value);
  }

  /** Something that only grows; its name ends in {@code _total}. */
  void counter(String name, String help, Map<String, String> labels, Number value) {
    sample(name, help, "counter", labels, value);
  }

  private void sample(
      String name, String help, String type, Map<String, String> labels, Number value) {
    StringBuilder family =
        families.computeIfAbsent(
            name,
            any -> new StringBuilder("# HELP %s %s\n# TYPE %1$s %s\n".formatted(name, help, type)));
    family.append(name);
    if (!labels.isEmpty()) {
      String separator = "{";
      for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
        family.append(separator).append(label.getKey()).append("=\"");
        family.append(escaped(label.getValue())).append('"');
        separator = ",";
      }
      family.append('}');
    }
    family
        .append(' ')
        .append(new BigDecimal(value.toString()).stripTrailingZeros().toPlainString());
    family.append('\n');
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public String toString() {
    return String.join("", families.values());
  }
}
