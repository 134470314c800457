package org.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "cleardb", mixinStandardHelpOptions = true, description = "ClearDb")
final class ClearDbCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
