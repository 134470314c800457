package org.tributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.cli.terminal.Screen;
import org.tributary.edge.AlreadyRunningException;
import org.tributary.edge.Standstill;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.store.Counted;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.EmptyTables;
import org.tributary.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Empties databases, once their owner has said so. */
@Command(
    name = "cleardb",
    mixinStandardHelpOptions = true,
    description = {
      "Empties a sensor database: all its rows, and what this program wrote down about them.",
      "Tables stay, and the types that every database begins with are put back.",
      "It shows what there is and asks before it does anything."
    })
final class ClearDbCommand implements Callable<Integer> {

  @Option(names = "--db", paramLabel = "URL", description = "The database to empty.")
  private @Nullable String db;

  @Option(
      names = {"--config", "-c"},
      paramLabel = "FILE",
      description =
          "Empty a gateway's local database, and those of its remotes that can be reached from here"
              + " (dbstring).")
  private @Nullable Path config;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  @Spec private CommandSpec spec;

  private final Optional<Question> person;

  ClearDbCommand() {
    this(Question.atTerminal());
  }

  ClearDbCommand(Optional<Question> person) {
    this.person = person;
  }

  @Override
  public Integer call()
      throws UsageException, ConfigException, IOException, AlreadyRunningException {
    Logs.quiet();
    Screen screen = new Screen(out(), Clock.systemUTC(), false);
    if ((db == null) == (config == null)) {
      throw new UsageException("cleardb needs --db URL or --config FILE, one of them");
    }
    if (!yes && person.isEmpty()) {
      throw new UsageException(
          "cleardb asks before it empties anything, and there is nobody to ask here;"
              + " run it in a terminal, or with --yes if that is really meant");
    }
    if (db != null) {
      empty(Set.of(DatabaseOption.parse("--db", db)), screen);
    } else if (config != null) {
      EdgeConfig read = EdgeConfig.read(config, System.getenv(), Optional.empty());
      try (Standstill standstill = Standstill.of(read)) {
        empty(databases(read, screen), screen);
        standstill.forgetPushes();
      }
    }
    return ExitCode.OK.number();
  }

  private static Set<DatabaseUrl> databases(EdgeConfig read, Screen screen) {
    Set<DatabaseUrl> urls = new LinkedHashSet<>();
    urls.add(read.local());
    for (RemoteConfig remote : read.remotes()) {
      screen.say(
          "%s is left as it is: it is reached %s, and emptied where it runs.",
          remote.name(), remote.direct().isPresent() ? "through SSH" : "over HTTP");
    }
    return urls;
  }

  /** Asks about all of them first; empties none unless all may be. */
  private void empty(Set<DatabaseUrl> urls, Screen screen) throws StoreException, UsageException {
    List<EmptyTables> open = new ArrayList<>();
    try {
      boolean first = true;
      for (DatabaseUrl url : urls) {
        open(url, first, screen).ifPresent(open::add);
        first = false;
      }
      for (EmptyTables database : open) {
        show(database, screen);
        confirm(database.url());
      }
      for (EmptyTables database : open) {
        database.run();
        screen.say("%s is empty.", database.url().printable());
      }
    } finally {
      open.forEach(EmptyTables::close);
    }
  }

  /** The first one must be there; remotes may be out of reach. */
  private static Optional<EmptyTables> open(DatabaseUrl url, boolean needed, Screen screen)
      throws StoreException {
    try {
      return Optional.of(EmptyTables.of(url));
    } catch (StoreException e) {
      if (needed) {
        throw e;
      }
      screen.say("Left as it is: %s", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void show(EmptyTables database, Screen screen)
      throws StoreException, UsageException {
    if (!database.isSensorDatabase()) {
      throw new UsageException(
          database.url().printable()
              + " has no tables of a sensor database, so there is nothing to empty.");
    }
    Map<String, Long> counts = database.rowCounts();
    screen.say(
        "%s%s", database.url().printable(), database.isOurs() ? "" : " (not made by this program)");
    if (counts.isEmpty()) {
      screen.say("  has no rows");
    }
    counts.forEach(
        (table, rows) -> screen.say("  %-24s %,14d %s", table, rows, Counted.noun(rows, "row")));
  }

  private void confirm(DatabaseUrl url) throws UsageException {
    if (yes) {
      return;
    }
    String name = name(url);
    String answer =
        person
            .map(
                asked ->
                    asked.ask(
                        "All of this will be gone. Type the database's name to go on (%s): "
                            .formatted(name)))
            .orElse("");
    if (!answer.strip().equals(name)) {
      throw new UsageException("That was not " + name + ": nothing has been changed.");
    }
  }

  private static String name(DatabaseUrl url) {
    return url.file()
        .map(file -> String.valueOf(file.getFileName()))
        .orElseGet(() -> url.printable().substring(url.printable().lastIndexOf('/') + 1));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
