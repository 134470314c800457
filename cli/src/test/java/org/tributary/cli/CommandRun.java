package org.tributary.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command that was run in this process, and what it said. */
record CommandRun(int exit, String out, String err) {

  static CommandRun of(String... arguments) {
    return of(Main.commandLine(), arguments);
  }

  /** Runs a command that was made by hand, with the program's way of saying failures. */
  static CommandRun ofCommand(Object command, String... arguments) {
    return of(new CommandLine(command).setExecutionExceptionHandler(new Failures()), arguments);
  }

  private static CommandRun of(CommandLine commandLine, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        commandLine
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }
}
