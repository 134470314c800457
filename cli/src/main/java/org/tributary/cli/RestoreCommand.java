package org.tributary.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.Restoration;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.store.Counted;
import org.tributary.wire.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fills a gateway's new database with what central has of it. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Fills the local database with what a remote has of this gateway: houses, rooms, nodes and"
          + " sensors in the ids that they had, and readings and node states. The next push goes on"
          + " where the last one ended. The database is made if it is not there.",
      "Central has to permit it: tributary gateway restore-permit. Broken off, it is just run again:"
          + " what is here already is compared, and not read twice."
    })
final class RestoreCommand implements Callable<Integer> {

  private static final int MOST_LINES = 20;
  private static final int MOST_COLUMNS = 300;

  @Mixin private ConfigOption config;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REMOTE",
      description = "From which remote; may be left out where there is only one.")
  private @Nullable String remote;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day (UTC) of readings and node states; all there are if left out.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "The last day (UTC), it included.")
  private @Nullable LocalDate to;

  @Option(
      names = "--dry-run",
      description = "Say what would come back, and whose place it takes; change nothing.")
  private boolean dryRun;

  @Option(
      names = "--local",
      paramLabel = "URL",
      description = "The local database, instead of the configuration's localurl.")
  private @Nullable String local;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Logs.quiet();
    Restoration.Span span = span();
    EdgeConfig read = EdgeConfig.read(config.file(), System.getenv(), Optional.ofNullable(local));
    RemoteConfig chosen = chosen(read);
    Restoration restoration =
        new Restoration(read, Version.text(), Clock.systemUTC(), RestoreCommand::pause);
    if (dryRun) {
      Restoration.Report report = restoration.look(chosen, span);
      line(
          "%s has %s of houses, rooms, nodes and sensors for %s, and %s of readings and node states",
          chosen.name(),
          Counted.rows(report.metadata()),
          read.local().printable(),
          Counted.rows(report.wanted()));
      tellLost(report);
      report
          .replaced()
          .ifPresent(
              other ->
                  line(
                      "The gateway is %s, heard of last %s: restore takes its place, and it is refused from then on",
                      other.hostname(), Answers.time(other.last())));
      line("Nothing has been changed, here or there.");
      return (report.lost() == 0 ? ExitCode.OK : ExitCode.SET_ASIDE).number();
    }
    return tell(chosen, restoration.from(chosen, span, this::reached)).number();
  }

  private Restoration.Span span() throws UsageException {
    LocalDate first = from;
    LocalDate last = to;
    if (first != null && last != null && last.isBefore(first)) {
      throw new UsageException("--to is before --from");
    }
    return new Restoration.Span(
        first == null ? Optional.empty() : Optional.of(begin(first)),
        last == null ? Optional.empty() : Optional.of(begin(last.plusDays(1))));
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private RemoteConfig chosen(EdgeConfig read) throws UsageException {
    List<RemoteConfig> all = Remote.chosen(read, remote);
    if (all.size() != 1) {
      throw new UsageException(
          "There are several remotes; say from which one to restore: "
              + all.stream().map(RemoteConfig::name).collect(Collectors.joining(", ")));
    }
    return all.get(0);
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reached(Table table, Instant back, long added) {
    line("%-9s back to %s: %s added", table, back.toString().substring(0, 10), Counted.rows(added));
  }

  private ExitCode tell(RemoteConfig from, Restoration.Report report) {
    line(
        "%s: %s of houses, rooms, nodes and sensors are here; %s added of readings and node states",
        from.name(), Counted.rows(report.metadata()), Counted.rows(report.taken().added()));
    if (report.isWhole()) {
      line(
          "verified: all that %s has%s is the same here, %s",
          from.name(), report.isPart() ? " of these days" : "", Counted.rows(report.same()));
    } else {
      line(
          "%s are the same here; %,d are here with other values, which stay, and %,d are such that"
              + " this database does not take them",
          Counted.rows(report.same()), report.taken().others(), report.taken().refused());
      report.differing().stream()
          .limit(MOST_LINES)
          .forEach(
              day ->
                  line("  %-9s %s", day.table(), day.window().from().toString().substring(0, 10)));
    }
    if (report.besides() > 0) {
      line(
          "%s here besides, which %s does not have: tributary push sends them",
          Counted.rows(report.besides()), from.name());
    }
    tellLost(report);
    line("tributary push goes on from here.");
    if (!report.isWhole()) {
      return ExitCode.DIFFERENT;
    }
    return report.lost() == 0 ? ExitCode.OK : ExitCode.SET_ASIDE;
  }

  private void tellLost(Restoration.Report report) {
    if (report.lost() > 0) {
      line(
          "%s can't come back: set aside at central and not whole, or of something that is not;"
              + " tributary setaside list shows them there",
          Counted.rows(report.lost()));
      report.examples().stream()
          .limit(MOST_LINES)
          .forEach(
              each -> {
                String told = each.table() + " " + each.row().key() + ": " + each.row().reason();
                line(
                    "  %s",
                    Answers.plain(told.substring(0, Math.min(MOST_COLUMNS, told.length()))));
              });
    }
    if (!report.shared().isEmpty()) {
      line(
          "Other gateways have these nodes too: %s. Of them only readings come back that were taken"
              + " in this gateway's rooms",
          report.shared().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  private void line(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
