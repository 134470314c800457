package org.tributary.cli;

import org.tributary.store.DatabaseUrl;
import picocli.CommandLine.Option;

/** The option that names central's database, for whoever works where it can be reached. */
final class CentralOption {

  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "sqlite:///tributary.db",
      description = "Central's database (default: ${DEFAULT-VALUE}).")
  private String db = "";

  DatabaseUrl url() throws UsageException {
    return DatabaseOption.parse("--db", db);
  }
}
