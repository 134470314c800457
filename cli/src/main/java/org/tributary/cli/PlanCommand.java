package org.tributary.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.NextCycle;
import org.tributary.edge.RefusedException;
import org.tributary.edge.Waiting;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Json;
import org.tributary.wire.PlanCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what the next cycle would do with what this gateway has, and changes nothing. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what the next push would do: which houses, rooms, nodes and sensors of this gateway"
          + " would be which at each remote, on what evidence; what would be created, changed and"
          + " set aside, and why.",
      "Changes nothing at either end. It ends with 5 if something would be set aside."
    })
final class PlanCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(names = "--remote", paramLabel = "NAME", description = "Only this remote.")
  private @Nullable String remote;

  @Option(names = "--all", description = "Print every row, not the first ten of a kind.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

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
    Answers answers = new Answers(spec.commandLine());
    ExitCode worst = ExitCode.OK;
    Map<String, Object> everything = new LinkedHashMap<>();
    for (RemoteConfig each : Remote.chosen(read, remote)) {
      try (NextCycle cycle = new NextCycle(read, Version.text(), Clock.systemUTC())) {
        NextCycle.Foreseen foreseen = cycle.with(each);
        if (json) {
          everything.put(each.name(), fields(foreseen));
        } else {
          new PlanReport(answers, all).print(each.name(), foreseen);
        }
        boolean doubt = foreseen.plan().filter(plan -> !plan.apart().isEmpty()).isPresent();
        worst = worst.orFirst(doubt ? ExitCode.SET_ASIDE : ExitCode.OK);
      } catch (IOException | RefusedException e) {
        spec.commandLine().getErr().printf("%s: %s%n", each.name(), e.getMessage());
        spec.commandLine().getErr().flush();
        worst = worst.orFirst(Failures.code(e));
      }
    }
    if (json) {
      answers.line(new String(Json.lines(everything), StandardCharsets.UTF_8));
    }
    return worst.number();
  }

  private static Map<String, @Nullable Object> fields(NextCycle.Foreseen foreseen) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("known", foreseen.known());
    fields.put("plan", foreseen.plan().map(PlanCodec::fields).orElse(null));
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Waiting each : foreseen.waiting()) {
      rows.put(each.table().name(), each.rows());
    }
    fields.put("rowsToSend", rows);
    return fields;
  }
}
