package org.tributary.acceptance.push;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus' text format, version 0.0.4: every family has its help and its type
 * once and before its samples, which stand together; no series is told twice; counters are named as
 * such and not negative.
 */
final class ExpositionFormat {

  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)");
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{%s(?:,%s)*})? (-?[0-9]+(?:\\.[0-9]+)?)"
              .formatted(LABEL, LABEL));

  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private String help = "";
  private String family = "";

  /** Every sample by its name and labels as they stand there. */
  static Map<String, Double> read(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("The last line has no end");
    }
    ExpositionFormat format = new ExpositionFormat();
    text.lines().forEach(format::line);
    return format.samples;
  }

  private void line(String line) {
    Matcher helpLine = HELP.matcher(line);
    Matcher typeLine = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (helpLine.matches()) {
      help = helpLine.group(1);
    } else if (typeLine.matches()) {
      ended.add(family);
      family = typeLine.group(1);
      require(help.equals(family), "a type without its help", line);
      require(!ended.contains(family), "a family told twice", line);
      types.put(family, typeLine.group(2));
    } else if (sample.matches()) {
      require(sample.group(1).equals(family), "a sample outside its family", line);
      double value = Double.parseDouble(sample.group(3));
      boolean counts = "counter".equals(types.get(family));
      require(counts == family.endsWith("_total"), "a counter's name", line);
      require(!counts || value >= 0, "a counter below nothing", line);
      String series = line.substring(0, line.lastIndexOf(' '));
      require(samples.put(series, value) == null, "a series told twice", line);
    } else {
      throw new AssertionError("No line of the format: " + line);
    }
  }

  private static void require(boolean holds, String what, String line) {
    if (!holds) {
      throw new AssertionError(what + ": " + line);
    }
  }
}
