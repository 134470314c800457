package org.tributary.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.Counted;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.StoreException;
import org.tributary.store.upgrade.Chain;
import org.tributary.store.upgrade.DatabaseInfo;
import org.tributary.store.upgrade.OriginalUpgrade;
import org.tributary.store.upgrade.Plan;
import org.tributary.store.upgrade.Recognition;
import org.tributary.store.upgrade.Step;
import org.tributary.store.upgrade.UpgradeListener;
import org.tributary.store.upgrade.UpgradeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a database to its latest revision, once its owner has said so. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Brings an original Cogent-house database to the latest revision, in place, whatever its"
          + " revision; one of this program to this program's revision.",
      "It shows the tables' definitions and what it will do, and asks before it does anything. Make"
          + " a backup first, and stop what writes to the database."
    })
final class DbUpgradeCommand implements Callable<Integer> {

  enum SensorTypes {
    OLD,
    NEW
  }

  @Option(names = "--url", paramLabel = "URL", required = true, description = "The database.")
  private String url;

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the tables' definitions and row counts to a new file as well.")
  private @Nullable Path save;

  @Option(
      names = "--chain",
      paramLabel = "gateway|server",
      defaultValue = "GATEWAY",
      description =
          "Whose programs use it: a gateway's, or the web interface's, which know no NodeBoot"
              + " (default: a gateway's).")
  private Chain chain;

  @Option(
      names = "--fold-copies",
      description =
          "Make one of readings or node states that are the same in every column, where a key would"
              + " not allow them.")
  private boolean foldCopies;

  @Option(
      names = "--sensor-types",
      paramLabel = "old|new",
      description =
          "Whether readings of types 20, 21 and 24 have old numbers; only where the database does"
              + " not tell.")
  private @Nullable SensorTypes sensorTypes;

  @Option(
      names = "--accept-differences",
      description = "End an upgrade though rows are not the same as before it.")
  private boolean acceptDifferences;

  @Spec private CommandSpec spec;

  private final Optional<Question> person;

  DbUpgradeCommand() {
    this(Question.atTerminal());
  }

  DbUpgradeCommand(Optional<Question> person) {
    this.person = person;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Logs.quiet();
    if (!yes && !dryRun && person.isEmpty()) {
      throw new UsageException(
          "db upgrade asks before it changes anything, and there is nobody to ask here; run it in a"
              + " terminal, with --dry-run, or with --yes if that is really meant");
    }
    DatabaseUrl database = DatabaseOption.parse("--url", url);
    Answers answers = new Answers(spec.commandLine());
    DatabaseInfo info = DatabaseInfo.of(database);
    switch (info.sort()) {
      case OURS -> ours(database, info, answers);
      case ORIGINAL -> original(database, info, answers);
      case EMPTY, OTHER ->
          throw new UsageException(
              database.printable()
                  + " has no tables of a sensor database, so there is nothing to upgrade.");
    }
    return ExitCode.OK.number();
  }

  private void ours(DatabaseUrl url, DatabaseInfo info, Answers answers)
      throws StoreException, UsageException {
    if (info.version().map(Schema.Version::isNewest).orElse(false)) {
      answers.line(url.printable() + " is at the newest revision.");
      return;
    }
    info.version()
        .ifPresent(
            version ->
                answers.line(
                    "%s is a database of this program and goes from revision %s to %s."
                        .formatted(url.printable(), version.version(), version.newest())));
    if (dryRun) {
      return;
    }
    confirm(url);
    try (Database database = Database.open(url, Access.DURABLE)) {
      Schema.upgrade(database);
    }
    answers.line(url.printable() + " is at the newest revision now.");
  }

  private void original(DatabaseUrl url, DatabaseInfo info, Answers answers)
      throws UsageException, IOException {
    UpgradeOptions options =
        new UpgradeOptions(
            chain,
            foldCopies,
            Optional.ofNullable(sensorTypes).map(SensorTypes.NEW::equals),
            acceptDifferences);
    try (OriginalUpgrade upgrade = OriginalUpgrade.open(url, options, !dryRun)) {
      Plan plan = planned(url, upgrade, info, answers);
      if (plan.steps().isEmpty() && !info.isUnderWay()) {
        answers.line(
            "%s is at the latest revision, %s.".formatted(url.printable(), chain.head().id()));
        plan.notes().forEach(note -> answers.line("  " + Answers.plain(note)));
        return;
      }
      keep(url, upgrade, info, answers);
      show(plan, answers);
      if (dryRun) {
        answers.line("");
        answers.line("Nothing has been changed.");
        return;
      }
      for (String other : upgrade.otherConnections()) {
        answers.line("Somebody else is connected: " + Answers.plain(other));
      }
      answers.line("Have a backup, and stop what writes to this database, before you go on.");
      confirm(url);
      upgrade.run(new Telling(answers));
      answers.line("");
      answers.line(
          "%s is at the latest revision now, %s; every row that it held is there and the same."
              .formatted(url.printable(), chain.head().id()));
      plan.notes().forEach(note -> answers.line("  " + Answers.plain(note)));
    }
  }

  /** The plan; if it can't be made, what the tables are is kept for whoever has to find out why. */
  private Plan planned(DatabaseUrl url, OriginalUpgrade upgrade, DatabaseInfo info, Answers answers)
      throws IOException {
    try {
      return upgrade.plan();
    } catch (StoreException e) {
      if (save != null) {
        keep(url, upgrade, info, answers);
      }
      throw e;
    }
  }

  /** Prints what the tables are, and writes it down. */
  private void keep(DatabaseUrl url, OriginalUpgrade upgrade, DatabaseInfo info, Answers answers)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("-- " + url.printable() + " before its upgrade");
    info.recognition()
        .flatMap(Recognition::stamped)
        .ifPresent(stamp -> lines.add("-- stamped " + stamp.printable()));
    upgrade
        .rowCounts()
        .forEach(
            (table, rows) ->
                lines.add("-- %s: %s".formatted(Answers.plain(table), Counted.rows(rows))));
    for (String definition : upgrade.definitions()) {
      definition.lines().forEach(lines::add);
    }
    lines.forEach(answers::line);
    if (save != null) {
      Files.write(save, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    }
  }

  private static void show(Plan plan, Answers answers) {
    answers.line("");
    for (Step step : plan.steps()) {
      answers.line("-- %s: %s".formatted(step.name(), step.title()));
      step.statements().forEach(statement -> answers.line(Answers.plain(statement) + ";"));
    }
    plan.notes().forEach(note -> answers.line("-- NOTE: " + Answers.plain(note)));
  }

  private void confirm(DatabaseUrl url) throws UsageException {
    if (yes) {
      return;
    }
    String name =
        url.file()
            .map(file -> String.valueOf(file.getFileName()))
            .orElseGet(() -> url.printable().substring(url.printable().lastIndexOf('/') + 1));
    String answer =
        person
            .map(
                asked -> asked.ask("Type the database's name to upgrade it (%s): ".formatted(name)))
            .orElse("");
    if (!answer.strip().equals(name)) {
      throw new UsageException("That was not " + name + ": nothing has been changed.");
    }
  }

  /** Says each step as it begins. */
  private record Telling(Answers answers) implements UpgradeListener {
    @Override
    public void begins(Step step) {
      answers.line("%s: %s".formatted(step.name(), step.title()));
    }

    @Override
    public void runs(String statement) {}

    @Override
    public void ran(String statement) {}
  }
}
