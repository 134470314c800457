package org.tributary.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.LocalDatabaseException;
import org.tributary.edge.PushListener;
import org.tributary.edge.PushOutcome;
import org.tributary.edge.PushWords;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.Counted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a gateway: once, or until it is told to stop. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a gateway: pushes the local database to every remote that is switched on.",
      "Without --once it goes on every synctime minutes; SIGHUP reads the configuration again."
    })
final class PushCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(PushCommand.class);

  @Mixin private ConfigOption config;

  @Option(names = "--once", description = "Push until all is delivered, then end.")
  private boolean once;

  @Option(names = "--dry-run", description = "Only say what would be sent; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--local",
      paramLabel = "URL",
      description = "The local database, instead of the configuration's localurl.")
  private @Nullable String local;

  @Mixin private LogOptions logOptions = new LogOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    logOptions.apply();
    EdgeConfig read = read();
    if (dryRun) {
      Logs.quiet();
      return StatusReport.print(read, spec.commandLine(), StatusReport.Kind.DRY_RUN);
    }
    if (once && !logOptions.isVerbose()) {
      Logs.offConsole();
    }
    Logs.alsoTo(read.file().toAbsolutePath().resolveSibling("push.log"));
    EdgeDaemon daemon =
        new EdgeDaemon(read, Version.text(), Clock.systemUTC(), new PushListener() {});
    return once ? pushOnce(daemon) : pushForEver(daemon, read);
  }

  private int pushOnce(EdgeDaemon daemon) throws LocalDatabaseException {
    Signals.onStop(daemon::close);
    daemon.checkLocalDatabase();
    Map<String, PushOutcome> outcomes = daemon.pushOnce();
    PrintWriter out = spec.commandLine().getOut();
    ExitCode worst = ExitCode.OK;
    for (Map.Entry<String, PushOutcome> each : outcomes.entrySet()) {
      out.printf("%s: %s%n", each.getKey(), words(each.getValue()));
      worst = worst.orFirst(code(each.getValue()));
    }
    out.flush();
    daemon.close();
    return worst.number();
  }

  private int pushForEver(EdgeDaemon daemon, EdgeConfig read) {
    CountDownLatch stopped = new CountDownLatch(1);
    PageBesidePush page = new PageBesidePush(daemon, Version.text(), Clock.systemUTC());
    Signals.onStop(
        () -> {
          page.close();
          daemon.close();
          stopped.countDown();
        });
    Signals.onHangUp(() -> reload(daemon, page));
    daemon.start();
    page.show(read);
    return Signals.await(stopped);
  }

  /** A broken configuration keeps the old one at work. */
  private void reload(EdgeDaemon daemon, PageBesidePush page) {
    try {
      EdgeConfig fresh = read();
      log.info("The configuration has been read again");
      daemon.reload(fresh);
      page.show(fresh);
    } catch (ConfigException e) {
      log.error("The new configuration can't be used, so the old one goes on:\n{}", e.getMessage());
    }
  }

  private EdgeConfig read() throws ConfigException {
    return EdgeConfig.read(config.file(), System.getenv(), Optional.ofNullable(local));
  }

  private static String words(PushOutcome outcome) {
    String last =
        outcome instanceof PushOutcome.Done done
            ? PushWords.of(done.result())
            : "failed: " + ((PushOutcome.Failed) outcome).cause().getMessage();
    return outcome.before() == 0
        ? last
        : "%s (%s got through before, in tries that broke off)"
            .formatted(last, Counted.rows(outcome.before()));
  }

  private static ExitCode code(PushOutcome outcome) {
    if (outcome instanceof PushOutcome.Failed failed) {
      return Failures.code(failed.cause());
    }
    var result = ((PushOutcome.Done) outcome).result();
    if (!result.refused().isEmpty()) {
      return ExitCode.REFUSED;
    }
    if (result.stopped()) {
      return ExitCode.UNREACHABLE;
    }
    return result.setAside() > 0 ? ExitCode.SET_ASIDE : ExitCode.OK;
  }
}
