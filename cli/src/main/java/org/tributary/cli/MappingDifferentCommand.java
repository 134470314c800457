package org.tributary.cli;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says that a gateway's row is none of those at central. */
@Command(
    name = "different",
    mixinStandardHelpOptions = true,
    description = {
      "Says that a gateway's row is another thing than any at central: it gets a row of its own."
          + " Nodes, sensor types and node types get an id that no gateway has; the gateway goes on"
          + " by its own.",
      "What refers to it follows at once, and readings that have waited for it are stored."
    })
final class MappingDifferentCommand implements Callable<Integer> {

  @Mixin private MappingOptions options;

  @Parameters(index = "0", paramLabel = "GATEWAY", description = "The gateway's name.")
  private String gateway;

  @Parameters(index = "1", paramLabel = "TABLE", description = "House, SensorType, Node, …")
  private String table;

  @Parameters(index = "2", paramLabel = "LOCAL_ID", description = "The row's id at the gateway.")
  private long local;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    return options.decide(
        spec.commandLine(), gateway, table, local, Verdict.DIFFERENT, OptionalLong.empty());
  }
}
