package org.tributary.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What {@code tributary} answered.
 *
 * @param code with which it would have ended
 * @param words everything that it printed
 */
public record Told(int code, String words) {

  /** Runs a command in this process. For commands that only ask: none that stays at work. */
  public static Told by(String... words) {
    StringWriter said = new StringWriter();
    try (PrintWriter paper = new PrintWriter(said)) {
      CommandLine commandLine = Main.commandLine();
      commandLine.setOut(paper);
      commandLine.setErr(paper);
      int code = commandLine.execute(words);
      paper.flush();
      return new Told(code, said.toString());
    }
  }
}
