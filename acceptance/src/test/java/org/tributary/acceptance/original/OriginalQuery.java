package org.tributary.acceptance.original;

import java.text.Normalizer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The original's query language, the last underscore and all. */
final class OriginalQuery {

  private OriginalQuery() {}

  /** A parameter, in the order of the address. */
  record Parameter(String name, String value) {}

  static List<Map<String, @Nullable Object>> select(
      OriginalTable table, String id, List<Parameter> parameters) {
    List<Map<String, @Nullable Object>> found = new ArrayList<>(table.rows.values());
    if (found.isEmpty()) {
      return found; // before anything else is looked at
    }
    List<Parameter> all = new ArrayList<>(parameters);
    if (!id.isEmpty()) {
      all.add(0, new Parameter("id", id));
    }
    for (Parameter parameter : all) {
      if (parameter.name().equals("callback")) {
        continue;
      }
      if (parameter.name().startsWith("sort(") || parameter.value().equals("*")) {
        return found; // and whatever follows is dropped
      }
      OriginalColumn column = table.column(parameter.name());
      if (column == null) {
        throw new ServerError("AttributeError: " + parameter.name());
      }
      found.removeIf(row -> !matches(column, row.get(column.name()), parameter.value()));
    }
    return found;
  }

  private static boolean matches(OriginalColumn column, @Nullable Object cell, String value) {
    if (value.contains("*")) {
      return cell != null && like(cell.toString(), value.replace('*', '%'));
    }
    String wanted = value.substring(value.lastIndexOf('_') + 1);
    if (wanted.equals("None")) {
      return true;
    }
    if (cell == null) {
      return false;
    }
    int order = compare(column, cell, wanted);
    return switch (value.length() > 2 ? value.substring(0, 3) : "") {
      case "le_" -> order <= 0;
      case "lt_" -> order < 0;
      case "ge_" -> order >= 0;
      case "gt_" -> order > 0;
      default -> order == 0;
    };
  }

  private static int compare(OriginalColumn column, Object cell, String wanted) {
    return switch (column.kind()) {
      case DATE -> ((LocalDateTime) cell).compareTo(OriginalColumn.date(wanted));
      case TEXT -> fold(cell.toString()).compareTo(fold(wanted));
      default ->
          Double.compare(
              ((Number) cell).doubleValue(),
              ((Number) Objects.requireNonNull(column.store(wanted))).doubleValue());
    };
  }

  private static boolean like(String cell, String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : fold(pattern).toCharArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return fold(cell).matches(regex.toString());
  }

  /** utf8_general_ci: capitals, accents and blanks at the end make no difference. */
  static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT)
        .stripTrailing();
  }
}
