package org.tributary.cli;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.CompletenessJson;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.report.Span;
import org.tributary.wire.rest.RestJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what central has of a house's readings, what it lacks, and why. */
@Command(
    name = "completeness",
    mixinStandardHelpOptions = true,
    description = {
      "Says for each house, node and day how many readings there should be, how many are here, still"
          + " on the gateway or set aside, and why others are missing.",
      "To be run where central's database can be reached, while serve runs or not."
    })
final class CompletenessCommand implements Callable<Integer> {

  private static final int DAYS = 30;

  @Mixin private CentralOption central = new CentralOption();

  @Option(
      names = "--house",
      paramLabel = "ID|ADDRESS",
      description = "Only this house, as central has it (default: all).")
  private @Nullable String house;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day (UTC), as in 2024-05-01 (default: 30 days before the last).")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The last day (UTC), it included (default: today).")
  private @Nullable LocalDate to;

  @Option(names = "--all-days", description = "Show days as well of which nothing is missing.")
  private boolean allDays;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Clock clock = Clock.systemUTC();
    LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
    LocalDate first = from == null ? last.minusDays(DAYS) : from;
    Span span = Days.of(first, last).span();
    try (Database database = Database.open(central.url(), Access.READ_ONLY)) {
      Completeness completeness = new Completeness(database, clock);
      List<HouseCompleteness.House> houses = completeness.houses(Optional.ofNullable(house));
      if (houses.isEmpty() && house != null) {
        throw new UsageException(
            "--house: central has no house with the id or address \"%s\"; without --house all are"
                    .formatted(Answers.plain(house))
                + " shown");
      }
      List<HouseCompleteness> found = new ArrayList<>();
      for (HouseCompleteness.House each : houses) {
        completeness.of(each.id(), span).ifPresent(found::add);
      }
      print(found);
    }
    return ExitCode.OK.number();
  }

  private void print(List<HouseCompleteness> houses) {
    if (json) {
      List<Map<String, @Nullable Object>> all = houses.stream().map(CompletenessJson::of).toList();
      spec.commandLine().getOut().println(new String(RestJson.bytes(all), StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
      return;
    }
    CompletenessReport report = new CompletenessReport(new Answers(spec.commandLine()), allDays);
    if (houses.isEmpty()) {
      new Answers(spec.commandLine()).line("Central has no house yet.");
    }
    houses.forEach(report::print);
  }
}
