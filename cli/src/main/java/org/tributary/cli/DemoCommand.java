package org.tributary.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tributary.cli.datagen.Plan;
import org.tributary.cli.datagen.StopSwitch;
import org.tributary.cli.demo.Demo;
import org.tributary.cli.demo.DemoFolder;
import org.tributary.cli.terminal.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole way on one machine, and proves that everything arrived. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole way on one machine: a central, two gateways with made-up readings, a push,"
          + " and a comparison of both ends, row by row.",
      "Then both gateways go on until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--once", description = "End after the comparison.")
  private boolean once;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "A folder of its own (default: ${DEFAULT-VALUE}); an earlier demo is replaced.")
  private Path dir;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many days of readings (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8765",
      description =
          "Where central listens (default: ${DEFAULT-VALUE}); if taken, the next free one.")
  private int port;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logs.quiet();
    if (days < 1 || days > Plan.MAX_DAYS) {
      throw new UsageException(
          "--days takes a number from 1 to %d, not %d".formatted(Plan.MAX_DAYS, days));
    }
    if (port < 0 || port > 65_535) {
      throw new UsageException("--port takes a number up to 65535, not " + port);
    }
    Clock clock = Clock.systemUTC();
    Screen screen = Screen.of(spec.commandLine().getOut(), clock);
    CountDownLatch ended = new CountDownLatch(1);
    try (DemoFolder folder = folder();
        Demo demo = Demo.start(folder, days, port, screen, clock, Version.text())) {
      boolean sound = demo.run();
      demo.pointOut(!once && sound);
      if (!once && sound) {
        demo.goOn(untilStopped(clock, ended));
      }
      return (sound ? ExitCode.OK : ExitCode.DEFECT).number();
    } finally {
      ended.countDown();
    }
  }

  /** A pause that Ctrl-C ends; the process then waits until everything is closed. */
  private static StopSwitch untilStopped(Clock clock, CountDownLatch ended) {
    StopSwitch stop = new StopSwitch(clock);
    Signals.onStop(
        () -> {
          stop.stop();
          Signals.await(ended);
        });
    return stop;
  }

  private DemoFolder folder() throws UsageException, IOException {
    try {
      return DemoFolder.fresh(dir);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
