package org.tributary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "datagen", mixinStandardHelpOptions = true, description = "Datagen")
final class DatagenCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
