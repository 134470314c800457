package org.tributary.cli;

import java.io.PrintWriter;
import java.time.Instant;
import org.tributary.edge.words.TimeWords;
import picocli.CommandLine;

/**
 * Writes a command's answer in lines: colour on a terminal only, and no control characters that
 * another program's words might hold.
 */
final class Answers {

  private static final int COLUMNS = 80;

  private final PrintWriter out;
  private final CommandLine.Help.Ansi ansi;

  Answers(CommandLine commandLine) {
    this.out = commandLine.getOut();
    this.ansi = commandLine.getColorScheme().ansi();
  }

  /** Prints a line; what stands in it may be anybody's words, save for {@link #styled} ones. */
  void line(String text) {
    out.println(text.stripTrailing());
    out.flush();
  }

  /** Prints anybody's words in lines of eighty columns, broken at blanks where it can be. */
  void wrapped(String indent, String text) {
    String rest = plain(text);
    String margin = indent;
    while (margin.length() + rest.length() > COLUMNS) {
      int room = COLUMNS - margin.length();
      int blank = rest.lastIndexOf(' ', room);
      int end = blank > room / 2 ? blank : room;
      line(margin + rest.substring(0, end));
      rest = rest.substring(end).strip();
      margin = indent + "  ";
    }
    line(margin + rest);
  }

  /** A word of ours in colour, where there is colour. */
  String styled(String style, String word) {
    return ansi.string("@|" + style + " " + word + "|@");
  }

  /** Somebody else's words, on one line and harmless to a terminal. */
  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
  }

  static String time(Instant time) {
    return TimeWords.of(time);
  }

  /** A time, and how long ago it was. */
  static String age(Instant time, Instant now) {
    return TimeWords.age(time, now);
  }
}
