package org.tributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.Healed;
import org.tributary.edge.RefusedException;
import org.tributary.edge.Verification;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.store.Counted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares all that remotes have of this gateway with what it has, and mends it if asked. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares all readings and node states that have been sent with what each remote has of them,"
          + " by digests: a few bytes a day travel. Rows that wait for the next push are not"
          + " compared.",
      "It prints each day of each node that is not the same, and ends with 8 if there is one."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final int MOST_LINES = 200;
  private static final int MOST_COLUMNS = 300;

  @Mixin private ConfigOption config;

  @Option(names = "--repair", description = "Send what differs, and compare again.")
  private boolean repair;

  @Option(names = "--remote", paramLabel = "NAME", description = "Only this remote.")
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
    EdgeConfig read = EdgeConfig.read(config.file(), System.getenv(), Optional.ofNullable(local));
    ExitCode worst = ExitCode.OK;
    for (RemoteConfig each : Remote.chosen(read, remote)) {
      try (Verification verification = new Verification(read, Version.text(), Clock.systemUTC())) {
        worst = worst.orFirst(tell(each, verification.with(each, repair)));
      } catch (IOException | RefusedException e) {
        spec.commandLine().getErr().printf("%s: %s%n", each.name(), e.getMessage());
        spec.commandLine().getErr().flush();
        worst = worst.orFirst(Failures.code(e));
      }
    }
    return worst.number();
  }

  private ExitCode tell(RemoteConfig each, Verification.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    List<Verification.Differing> differing = report.differing();
    if (differing.isEmpty()) {
      out.printf(
          "%s: %s the same at both ends%n",
          each.name(),
          report.rows() == 1 ? "the only row is" : "all " + Counted.rows(report.rows()) + " are");
      tellOthers(report);
      out.flush();
      return report.unreadable() == 0 ? ExitCode.OK : ExitCode.SET_ASIDE;
    }
    out.printf(
        Locale.ROOT,
        "%s: %s compared; not the same:%n%-10s %-10s %8s %12s %12s%n",
        each.name(),
        Counted.rows(report.rows()),
        "table",
        "day",
        "node",
        "rows here",
        "rows there");
    for (Verification.Differing line :
        differing.subList(0, Math.min(MOST_LINES, differing.size()))) {
      out.printf(
          Locale.ROOT,
          "%-10s %-10s %8s %,12d %,12d%n",
          line.table(),
          line.window().from().toString().substring(0, 10),
          line.window().node(),
          line.here(),
          line.there());
    }
    if (differing.size() > MOST_LINES) {
      out.printf(Locale.ROOT, "… and %,d more%n", differing.size() - MOST_LINES);
    }
    tellOthers(report);
    ExitCode code = ExitCode.DIFFERENT;
    if (repair) {
      Healed healed = report.healed();
      out.printf(
          Locale.ROOT,
          "%s sent; %,d were missing or others there; %,d kept there that are not here; %,d"
              + " deleted there%n",
          Counted.rows(healed.sent()),
          healed.stored(),
          healed.kept(),
          healed.deleted());
      if (healed.mirrorRefused()) {
        out.println(
            "Central deleted nothing: more than half of its rows are not here any more. If that is"
                + " right, delete them there.");
      }
      ExitCode mended = report.unreadable() == 0 ? ExitCode.OK : ExitCode.SET_ASIDE;
      code = healed.left() == 0 ? mended : ExitCode.DIFFERENT;
      out.println(
          healed.left() == 0
              ? report.unreadable() == 0
                  ? "Now both ends are the same."
                  : "Now both ends are the same, but for those that can't be read."
              : healed.left() + " days still differ: run it again, and see tributary status.");
    } else {
      out.println("tributary verify --repair sends what differs.");
    }
    out.flush();
    return code;
  }

  /** Rows that were not compared, so that all that are here are accounted for. */
  private void tellOthers(Verification.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    if (report.unreadable() > 0) {
      out.printf(
          Locale.ROOT,
          "%s here can't be read, so not compared; %s%n",
          Counted.rows(report.unreadable()),
          repair
              ? "set aside at central: tributary status"
              : "tributary verify --repair sets aside at central what is not so yet:");
      for (Verification.UnreadableRow each : report.examples()) {
        String line = each.table() + " " + each.row().key() + ": " + each.row().reason();
        out.println("  " + Answers.plain(line.substring(0, Math.min(MOST_COLUMNS, line.length()))));
      }
    }
    if (report.others() > 0) {
      out.printf(
          Locale.ROOT,
          "%s here not compared besides: waiting for the next push, without a time that is"
              + " trusted, or there twice%n",
          Counted.rows(report.others()));
    }
  }
}
