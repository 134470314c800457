package org.tributary.cli;

import java.util.concurrent.Callable;
import org.tributary.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a decision back. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a decision back: all that it changed is as it was, and readings that have come since are"
          + " filed, or wait, as if it had never been.",
      "Where that can't be done exactly nothing is changed, and it says why."
    })
final class MappingUndoCommand implements Callable<Integer> {

  @Mixin private MappingOptions options;

  @Parameters(
      index = "0",
      paramLabel = "NUMBER",
      description = "The decision's number, as `mapping list` shows it.")
  private long number;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    return options.undo(spec.commandLine(), number);
  }
}
