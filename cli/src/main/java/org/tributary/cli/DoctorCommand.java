package org.tributary.cli;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.EdgeDoctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a gateway's set-up and says what to do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks all that a push needs, one by one, and says what to do. Changes nothing.",
      "Ends with 0 if there is no problem (warnings don't count), otherwise with the code of the"
          + " first one."
    })
final class DoctorCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--local",
      paramLabel = "URL",
      description = "The local database, instead of the configuration's localurl.")
  private @Nullable String local;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Logs.quiet();
    DoctorReport report = new DoctorReport(new Answers(spec.commandLine()));
    EdgeDoctor.examine(
        config.file(),
        System.getenv(),
        Optional.ofNullable(local),
        Version.text(),
        Clock.systemUTC(),
        ZoneId.systemDefault(),
        report::examined);
    return report.end().number();
  }
}
