package org.tributary.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.Healed;
import org.tributary.edge.RefusedException;
import org.tributary.edge.Resending;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.store.Counted;
import org.tributary.wire.Window;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends all rows of one house and some days once more. */
@Command(
    name = "resend",
    mixinStandardHelpOptions = true,
    description = {
      "Sends all readings and node states of one house and some days once more, whatever the remote"
          + " has of them. What it has already it keeps; verify --repair sends only what differs."
    })
final class ResendCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--house",
      required = true,
      paramLabel = "ADDRESS",
      description = "The house, as the local database has it.")
  private String house = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "The first day (UTC), as in 2024-05-01.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "The last day (UTC), it included.")
  private LocalDate to = LocalDate.EPOCH;

  @Option(names = "--remote", paramLabel = "NAME", description = "Only to this remote.")
  private @Nullable String remote;

  @Option(
      names = "--local",
      paramLabel = "URL",
      description = "The local database, instead of the configuration's localurl.")
  private @Nullable String local;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logs.quiet();
    Window days = Days.of(from, to).window();
    EdgeConfig read = EdgeConfig.read(config.file(), System.getenv(), Optional.ofNullable(local));
    ExitCode worst = ExitCode.OK;
    for (RemoteConfig each : Remote.chosen(read, remote)) {
      try (Resending resending = new Resending(read, Version.text(), Clock.systemUTC())) {
        Healed sent = resending.to(each, house, days);
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s: %s sent; %,d were missing or others there%n",
                each.name(),
                Counted.rows(sent.sent()),
                sent.stored());
        spec.commandLine().getOut().flush();
      } catch (Resending.NoSuchHouseException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      } catch (IOException | RefusedException e) {
        spec.commandLine().getErr().printf("%s: %s%n", each.name(), e.getMessage());
        spec.commandLine().getErr().flush();
        worst = worst.orFirst(Failures.code(e));
      }
    }
    return worst.number();
  }
}
