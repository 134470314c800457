package org.tributary.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.wire.GatewayId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Permits a gateway to read its rows back, for a time. */
@Command(
    name = "restore-permit",
    mixinStandardHelpOptions = true,
    description = {
      "Permits a gateway to read its rows back from central (tributary restore), for a time. Another"
          + " machine may take the gateway's name at once meanwhile, the first that comes; the one"
          + " before is refused from then on.",
      "It is written down who granted it and what was done with it: tributary gateway list."
    })
final class GatewayRestorePermitCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofDays(31);

  @Mixin private GatewayOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "The gateway.")
  private String name = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "For how long: 30m, 24h or 3d (default: ${DEFAULT-VALUE}).")
  private String length = "";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "Only rows of that day (UTC) and later.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Only rows up to that day, included.")
  private @Nullable LocalDate to;

  @Option(names = "--revoke", description = "Take the permission back instead.")
  private boolean revoke;

  @Mixin private ByOption by = new ByOption();

  @Spec private CommandSpec spec;

  private final Clock clock;

  GatewayRestorePermitCommand() {
    this(Clock.systemUTC());
  }

  GatewayRestorePermitCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    GatewayId gateway = GatewayOptions.named(name);
    Duration time = Lengths.parse("--for", length, LONGEST);
    LocalDate first = from;
    LocalDate last = to;
    if (first != null && last != null && last.isBefore(first)) {
      throw new UsageException("--to is before --from");
    }
    Answers answers = new Answers(spec.commandLine());
    try (GatewayDesk desk = options.open(Access.DURABLE, clock)) {
      if (revoke) {
        boolean had =
            desk.revoke(gateway, by.who()).orElseThrow(() -> GatewayOptions.unknown(name));
        answers.line(
            had
                ? "Gateway %s may not read its rows back any more.".formatted(gateway)
                : "Gateway %s had no permission.".formatted(gateway));
        return ExitCode.OK.number();
      }
      Instant until =
          desk.permit(
                  gateway,
                  time,
                  first == null ? Optional.empty() : Optional.of(begin(first)),
                  last == null ? Optional.empty() : Optional.of(begin(last.plusDays(1))),
                  by.who())
              .orElseThrow(() -> GatewayOptions.unknown(name));
      answers.line(
          "Gateway %s may read its rows back until %s.".formatted(gateway, Answers.time(until)));
      answers.line(
          "At the gateway, with gateway = %s in its configuration: tributary restore"
              .formatted(gateway));
    }
    return ExitCode.OK.number();
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
