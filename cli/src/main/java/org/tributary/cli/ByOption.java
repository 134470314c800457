package org.tributary.cli;

import picocli.CommandLine.Option;

/** The option that names who does something that is written down. */
final class ByOption {

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who does it, for the books (default: ${DEFAULT-VALUE}).")
  private String by = "";

  String who() {
    return by;
  }
}
