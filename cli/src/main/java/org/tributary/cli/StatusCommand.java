package org.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Status")
final class StatusCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
