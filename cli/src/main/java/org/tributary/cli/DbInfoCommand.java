package org.tributary.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.tributary.store.Counted;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.StoreException;
import org.tributary.store.upgrade.DatabaseInfo;
import org.tributary.store.upgrade.Recognition;
import org.tributary.store.upgrade.Revision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a database is. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = {
      "Says what a database is: this program's, an original Cogent-house database and of which"
          + " revision, or something else; what its tables hold, and what they have otherwise than"
          + " a fresh installation of the latest revision.",
      "It only reads."
    })
final class DbInfoCommand implements Callable<Integer> {

  @Option(names = "--url", paramLabel = "URL", required = true, description = "The database.")
  private String url;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    DatabaseUrl database = DatabaseOption.parse("--url", url);
    DatabaseInfo info = DatabaseInfo.of(database);
    Answers answers = new Answers(spec.commandLine());
    answers.line(database.printable());
    answers.line("  " + sentence(info));
    info.recognition().ifPresent(recognition -> revision(recognition, answers));
    if (info.isUnderWay()) {
      answers.line(
          "  An upgrade was begun and not ended: run tributary db upgrade again, before anything"
              + " else.");
    }
    if (!info.rows().isEmpty()) {
      answers.line("");
      answers.line("Tables");
      info.rows()
          .forEach(
              (table, rows) ->
                  answers.line(
                      String.format(
                          Locale.ROOT,
                          "  %-24s %,14d %s",
                          Answers.plain(table),
                          rows,
                          Counted.noun(rows, "row"))));
    }
    if (!info.differences().isEmpty()) {
      answers.line("");
      answers.line("Other than in a fresh installation of the latest revision");
      info.differences().forEach(each -> answers.line("  " + Answers.plain(each)));
    }
    push(info, database.file().isPresent(), answers);
    return ExitCode.OK.number();
  }

  private static String sentence(DatabaseInfo info) {
    return switch (info.sort()) {
      case EMPTY -> "is empty.";
      case OTHER -> "has no tables of a sensor database.";
      case ORIGINAL -> "is an original Cogent-house database.";
      case OURS ->
          info.version().map(DbInfoCommand::sentence).orElse("is a database of this program.");
    };
  }

  private static String sentence(Schema.Version version) {
    return "is a database of this program, of revision %s%s"
        .formatted(
            version.version(),
            version.isNewest()
                ? ", the newest."
                : "; the newest is %s, to which tributary serve or db upgrade brings it."
                    .formatted(version.newest()));
  }

  private static void revision(Recognition recognition, Answers answers) {
    String stamps = String.join(", ", recognition.stamps());
    if (recognition.stamps().isEmpty()) {
      answers.line("  It does not say its revision (alembic_version).");
    } else {
      answers.line(
          "  By alembic_version it is of revision "
              + recognition.stamped().map(Revision::printable).orElse("nobody knows")
              + (recognition.stamped().isPresent() && recognition.stamps().size() == 1
                  ? "."
                  : ": it says " + Answers.plain(stamps) + "."));
    }
    answers.line("  By its tables it is of revision " + range(recognition) + ".");
    if (recognition.disagrees()) {
      answers.line(
          "  That does not agree: it was stamped by hand, or an upgrade was broken off. Its tables"
              + " are what db upgrade goes by.");
    }
  }

  private static String range(Recognition recognition) {
    if (recognition.from() == recognition.until()) {
      return recognition.from().printable();
    }
    boolean contradicts = recognition.until().compareTo(recognition.from()) < 0;
    return contradicts
        ? "%s or later by some, %s or before by others"
            .formatted(recognition.from().printable(), recognition.until().printable())
        : "%s to %s".formatted(recognition.from().printable(), recognition.until().printable());
  }

  private static void push(DatabaseInfo info, boolean isFile, Answers answers) {
    if (info.sort() != DatabaseInfo.Sort.OURS && info.sort() != DatabaseInfo.Sort.ORIGINAL) {
      return;
    }
    answers.line("");
    answers.line(
        info.missing().isEmpty()
            ? "Push from it: as it stands."
            : "Push from it: not as it stands, it lacks "
                + Answers.plain(String.join(", ", info.missing()))
                + ".");
    answers.line(
        "Push to it: "
            + (info.sort() == DatabaseInfo.Sort.OURS
                ? "with tributary serve before it."
                : isFile
                    ? "with its own web interface before it (transport = rest)"
                        + (info.differences().isEmpty()
                            ? "."
                            : ", which needs the latest revision; tributary db upgrade brings it"
                                + " there.")
                    : info.differences().isEmpty()
                        ? "through SSH (transport = direct), or with its own web interface before it"
                            + " (transport = rest)."
                        : "through SSH (transport = direct), which doctor tries; its own web interface"
                            + " (transport = rest) needs the latest revision, tributary db upgrade"
                            + " brings it there."));
  }
}
