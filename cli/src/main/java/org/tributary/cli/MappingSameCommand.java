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

/** Says that a gateway's row is a certain row of central. */
@Command(
    name = "same",
    mixinStandardHelpOptions = true,
    description = {
      "Says that a gateway's row is that row of central: one of two houses with one address, a"
          + " sensor type whose texts differ and which means the same, a node that two gateways"
          + " rightly share.",
      "What refers to it follows at once, and readings that have waited for it are stored."
    })
final class MappingSameCommand implements Callable<Integer> {

  @Mixin private MappingOptions options;

  @Parameters(index = "0", paramLabel = "GATEWAY", description = "The gateway's name.")
  private String gateway;

  @Parameters(index = "1", paramLabel = "TABLE", description = "House, SensorType, Node, …")
  private String table;

  @Parameters(index = "2", paramLabel = "LOCAL_ID", description = "The row's id at the gateway.")
  private long local;

  @Parameters(index = "3", paramLabel = "CENTRAL_ID", description = "The row's id at central.")
  private long central;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    return options.decide(
        spec.commandLine(), gateway, table, local, Verdict.SAME, OptionalLong.of(central));
  }
}
