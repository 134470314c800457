package org.tributary.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a gateway's configuration, the same for every command that reads it. */
final class ConfigOption {

  @Option(
      names = {"--config", "-c"},
      paramLabel = "FILE",
      defaultValue = "synchronise.conf",
      description = "The gateway's configuration (default: ${DEFAULT-VALUE}).")
  private Path file;

  Path file() {
    return file;
  }
}
