package org.tributary.cli;

import picocli.CommandLine.Option;

/** How much is logged, and in which form, of commands that go on for long. */
final class LogOptions {

  private enum Form {
    TEXT,
    JSON
  }

  @Option(names = "--verbose", description = "Log more.")
  private boolean verbose;

  @Option(
      names = "--log",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "Log lines for people, or one JSON object a line for programs (default:"
              + " ${DEFAULT-VALUE}).")
  private Form form = Form.TEXT;

  boolean isVerbose() {
    return verbose;
  }

  /** Sets the log up so. */
  void apply() {
    if (verbose) {
      Logs.verbose();
    }
    if (form == Form.JSON) {
      Logs.asJson();
    }
  }
}
