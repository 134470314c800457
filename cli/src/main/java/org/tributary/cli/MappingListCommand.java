package org.tributary.cli;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.MappingDecision;
import org.tributary.store.ingest.MappingDesk;
import org.tributary.store.ingest.UndecidedException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which row is which, what is in doubt, and what was decided. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Shows which row of each gateway is which row of central, on what evidence and since when;"
          + " what waits for a decision, with the commands that decide it; and all decisions.",
      "Changes nothing."
    })
final class MappingListCommand implements Callable<Integer> {

  @Mixin private CentralOption central = new CentralOption();

  @Option(names = "--gateway", paramLabel = "NAME", description = "Only this gateway's rows.")
  private @Nullable String gateway;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only rows of this table.")
  private @Nullable String table;

  @Option(names = "--open", description = "Only what waits for a decision.")
  private boolean open;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    List<MappingDesk.Question> questions = new ArrayList<>();
    List<MappingDesk.Entry> entries = new ArrayList<>();
    List<MappingDesk.Sharing> sharings = new ArrayList<>();
    Map<Long, List<String>> putBack = new HashMap<>();
    List<MappingDecision> decisions;
    try (MappingDesk desk = MappingDesk.open(central.url(), Access.READ_ONLY, Clock.systemUTC())) {
      List<GatewayId> gateways =
          gateway == null ? desk.gateways() : List.of(MappingOptions.gateway(gateway));
      for (GatewayId each : gateways) {
        questions.addAll(desk.questions(each));
        sharings.addAll(desk.sharings(each));
        putBack.putAll(desk.putBack(each));
        if (!open) {
          entries.addAll(desk.journal(each));
        }
      }
      decisions = open ? List.of() : new ArrayList<>(desk.decisions());
    } catch (UndecidedException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    if (table != null) {
      String name = MappingOptions.table(table).name();
      questions.removeIf(each -> !each.table().equals(name));
      sharings.removeIf(each -> !name.equals("House") && !name.equals("Node"));
      entries.removeIf(each -> !each.table().equals(name));
      decisions = decisions.stream().filter(each -> each.table().equals(name)).toList();
    }
    if (gateway != null) {
      String name = gateway;
      decisions = decisions.stream().filter(each -> each.gateway().value().equals(name)).toList();
    }
    Answers answers = new Answers(spec.commandLine());
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("open", questions.stream().map(MappingListCommand::fields).toList());
      all.put("shared", sharings.stream().map(MappingListCommand::fields).toList());
      all.put("journal", entries.stream().map(MappingListCommand::fields).toList());
      all.put("decisions", decisions.stream().map(MappingListCommand::fields).toList());
      answers.line(new String(Json.lines(all), StandardCharsets.UTF_8));
    } else {
      MappingReport report = new MappingReport(answers);
      report.entries(entries);
      report.decisions(decisions, putBack);
      report.questions(questions);
      report.sharings(sharings);
      if (questions.isEmpty() && sharings.isEmpty()) {
        answers.line("Nothing waits for a decision.");
      }
    }
    return ExitCode.OK.number();
  }

  private static Map<String, Object> fields(MappingDesk.Sharing sharing) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("gateway", sharing.gateway().value());
    fields.put("evidence", sharing.evidence());
    fields.put("commands", sharing.commands());
    return fields;
  }

  private static Map<String, Object> fields(MappingDesk.Question question) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("gateway", question.gateway().value());
    fields.put("table", question.table());
    fields.put("key", question.key());
    fields.put("rule", question.rule().name());
    fields.put("reason", question.reason());
    fields.put("since", question.since().toString());
    fields.put("commands", question.commands());
    return fields;
  }

  private static Map<String, Object> fields(MappingDesk.Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("gateway", entry.gateway().value());
    fields.put("table", entry.table());
    fields.put("id", entry.local());
    fields.put("central", entry.central());
    fields.put("shown", entry.shown());
    fields.put("evidence", entry.evidence());
    fields.put("since", entry.since().toString());
    fields.put("inForce", entry.inForce());
    return fields;
  }

  private static Map<String, Object> fields(MappingDecision decision) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", decision.number());
    fields.put("gateway", decision.gateway().value());
    fields.put("table", decision.table());
    fields.put("id", decision.local());
    fields.put("verdict", decision.verdict().name());
    fields.put("central", decision.central());
    fields.put("by", decision.by());
    fields.put("at", decision.at().toString());
    fields.put("moved", decision.moved());
    fields.put("released", decision.released());
    decision
        .undone()
        .ifPresent(
            undone -> {
              fields.put("undoneBy", undone.by());
              fields.put("undone", undone.at().toString());
            });
    return fields;
  }
}
