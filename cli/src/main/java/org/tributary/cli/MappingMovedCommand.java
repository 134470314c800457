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

/** Says that another gateway's node was carried to this one's house. */
@Command(
    name = "moved",
    mixinStandardHelpOptions = true,
    description = {
      "Says that a node which another gateway has was carried to this gateway's house: from now on"
          + " it is where this gateway says.",
      "Readings keep their own locations: what the other gateway has of it still arrives, and stays"
          + " at the old place."
    })
final class MappingMovedCommand implements Callable<Integer> {

  @Mixin private MappingOptions options;

  @Parameters(index = "0", paramLabel = "GATEWAY", description = "Where the node is now.")
  private String gateway;

  @Parameters(index = "1", paramLabel = "NODE_ID", description = "The node's id at that gateway.")
  private long node;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    return options.decide(
        spec.commandLine(), gateway, "Node", node, Verdict.MOVED, OptionalLong.empty());
  }
}
