package org.tributary.edge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds to the text of a configuration what it lacks, and leaves every other character as it is. Not
 * thread-safe.
 */
public final class ConfigAdditions {

  private final List<String> added = new ArrayList<>();
  private String text;

  /**
   * @param text of the file; empty for one that is to be made
   */
  public ConfigAdditions(String text) {
    this.text = text;
  }

  /** The text by now. */
  public String text() {
    return text;
  }

  /** What was added, line by line. */
  public List<String> added() {
    return List.copyOf(added);
  }

  /** Whether some line gives a value to that key. */
  public boolean hasLine(String key) {
    return Pattern.compile("(?im)^[ \\t]*" + Pattern.quote(key) + "[ \\t]*=").matcher(text).find();
  }

  /** Adds a line to a section, right below its head; the section too, if it isn't there. */
  public void add(String section, String line) {
    Pattern head =
        Pattern.compile(
            "(?im)^[ \\t]*\\[\\s*" + Pattern.quote(section) + "\\s*\\][^\\n]*(\\n|\\z)");
    Matcher found = head.matcher(text);
    if (found.find()) {
      String before = text.substring(0, found.end());
      String end = before.endsWith("\n") ? "" : "\n";
      text = before + end + line + "\n" + text.substring(found.end());
    } else {
      String end = text.isEmpty() ? "" : text.endsWith("\n") ? "\n" : "\n\n";
      text = text + end + "[" + section + "]\n" + line + "\n";
    }
    added.add("[" + section + "] " + line);
  }
}
