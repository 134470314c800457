package org.tributary.edge.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tributary.edge.words.TimeWords;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;

/** Whether the nodes in the house are heard, each with what it said last. */
final class SensorsCheck {

  // So that the page stays small, whatever a house holds; the silent ones come first.
  private static final int MOST_NODES = 48;
  private static final int MOST_VALUES = 4;
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_UNIT = 8;

  private SensorsCheck() {}

  static Check of(Look look) {
    if (look.sensorsUnknown().isPresent()) {
      return new Check(
          Shape.BROKEN,
          "Sensors",
          "not known",
          List.of(
              Html.of(
                  "<p>The local database can't be read: %s</p>",
                  Html.foreign(look.sensorsUnknown().get()))));
    }
    List<NodesHeard.Node> nodes = look.sensors().nodes();
    if (nodes.isEmpty()) {
      return new Check(
          Shape.WATCH,
          "Sensors",
          "none heard yet",
          List.of(
              Html.of(
                  "<p>The local database names no node and holds no reading of the last %s."
                      + " Is the logger running?</p>",
                  DurationWords.brief(look.sensors().lookedAt()))));
    }
    long silent = look.sensors().silent();
    String words =
        silent == 0
            ? "all %s heard".formatted(Counted.of(nodes.size(), "node"))
            : "%,d of %s silent for more than %s"
                .formatted(
                    silent,
                    Counted.of(nodes.size(), "node"),
                    DurationWords.brief(NodesHeard.SILENT).replace("60 min", "an hour"));
    return new Check(silent == 0 ? Shape.GOOD : Shape.WATCH, "Sensors", words, details(look));
  }

  private static List<Html> details(Look look) {
    List<NodesHeard.Node> nodes = look.sensors().nodes();
    List<Html> details = new ArrayList<>();
    List<Html> rows = new ArrayList<>();
    nodes.stream().limit(MOST_NODES).forEach(node -> rows.add(row(look, node)));
    details.add(
        Html.of(
            """
            <table class="nodes"><thead><tr><th>Node<th>Last value<th class="num">Heard</thead>
            <tbody>%s</tbody></table>\
            """,
            Html.all(rows)));
    if (nodes.size() > MOST_NODES) {
      details.add(
          Html.of(
              "<p class=\"more\">and %s more</p>", Counted.of(nodes.size() - MOST_NODES, "node")));
    }
    return details;
  }

  private static Html row(Look look, NodesHeard.Node node) {
    List<Html> values = new ArrayList<>();
    node.values().stream().limit(MOST_VALUES).forEach(value -> values.add(value(value)));
    return Html.of(
        "<tr%s><th scope=\"row\">%s%s<td class=\"values\">%s<td class=\"num\">%s",
        new Html(node.isSilent() ? " class=\"silent\"" : ""),
        node.id(),
        node.room()
            .map(
                room ->
                    Html.of(" <span class=\"room\">%s</span>", Html.foreign(room, LONGEST_NAME)))
            .orElse(Html.NONE),
        values.isEmpty() ? "–" : Html.all(values),
        heard(look, node));
  }

  private static Html heard(Look look, NodesHeard.Node node) {
    String words =
        node.last()
            .map(time -> TimeWords.ago(time, look.at()))
            .orElseGet(() -> "not for " + ofDays(look.sensors().lookedAt()));
    return node.isSilent() ? Html.of("<strong>silent</strong> %s", words) : Html.of("%s", words);
  }

  private static String ofDays(Duration lookedAt) {
    return Counted.of(lookedAt.toDays(), "day");
  }

  private static Html value(NodesHeard.Value value) {
    return Html.of(
        "<span class=\"value\"><i>%s</i> %s %s</span>",
        Html.foreign(value.kind(), LONGEST_NAME),
        written(value.value()),
        value.unit().isBlank()
            ? Html.NONE
            : Html.foreign(value.unit().replace("deg.C", "°C"), LONGEST_UNIT));
  }

  /** With as many decimals as a person wants to see. */
  static String written(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= 1e7 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    String digits =
        String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    return digits.startsWith("-") ? "−" + digits.substring(1) : digits;
  }
}
