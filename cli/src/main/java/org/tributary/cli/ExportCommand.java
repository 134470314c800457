package org.tributary.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Counted;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.export.ExportJson;
import org.tributary.store.export.FreshFiles;
import org.tributary.store.export.HouseExport;
import org.tributary.store.report.Span;
import org.tributary.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a house's readings to a file, and beside it what is missing in them. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a house's readings as CSV, and beside it a file of the same name that ends with .json:"
          + " what the columns mean, how many readings of each node and day are there, on their way"
          + " or set aside, and why others are missing.",
      "To be run where central's database can be reached, whether serve runs or not."
    })
final class ExportCommand implements Callable<Integer> {

  private static final String CSV = ".csv";
  private static final String JSON = ".json";

  @Mixin private HouseDays days;
  @Mixin private ByOption by = new ByOption();

  @Option(
      names = "--out",
      paramLabel = "FOLDER|FILE",
      description = "Where to (default: house-ID-FROM-TO.csv in the current folder).")
  private @Nullable Path out;

  @Option(names = "--force", description = "Replace files that are there.")
  private boolean force;

  @Option(names = "--json", description = "Print what stands in the .json file, for programs.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Clock clock;

  ExportCommand() {
    this(Clock.systemUTC());
  }

  ExportCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Logs.quiet();
    Span span = days.span();
    try (Database database = days.open();
        FreshFiles files = new FreshFiles(force)) {
      House house = days.find(new Completeness(database, clock));
      Path csv = HouseDays.file(out, days.fileName(house) + CSV);
      Path beside = HouseDays.sibling(csv, CSV, JSON);
      if (csv.toString().endsWith(JSON)) {
        throw new UsageException(
            "--out names the file of the readings, so it can't end with .json");
      }
      files.refuseTaken(csv, beside);
      OutputStream readings = files.begin(csv);
      HouseExport.Exported exported;
      try {
        exported =
            new HouseExport(database, clock)
                .write(house, span, readings)
                .orElseThrow(() -> new UsageException("The house was removed just now"));
        byte[] explanation = Json.lines(explanation(csv, exported));
        files.write(beside, explanation);
        files.finish();
      } catch (StoreException | FileSystemException e) {
        throw e;
      } catch (IOException e) {
        throw unwritable(csv, e);
      }
      print(csv, beside, exported);
      ExportRecord.write(
          days.url(),
          by.who(),
          house.id(),
          "%s to %s, %s"
              .formatted(days.first(), days.last(), Counted.of(exported.file().rows(), "reading")),
          clock,
          spec.commandLine());
    }
    return ExitCode.OK.number();
  }

  private Map<String, @Nullable Object> explanation(Path csv, HouseExport.Exported exported) {
    return ExportJson.of(
        csv.getFileName().toString(),
        exported,
        "Tributary " + Version.text(),
        clock.instant(),
        days.first(),
        days.last());
  }

  static FileSystemException unwritable(Path file, IOException why) {
    FileSystemException failure =
        new FileSystemException(
            file.toString(),
            null,
            "can't be written (%s); free some room or choose another place with --out"
                .formatted(why.getMessage()));
    failure.initCause(why);
    return failure;
  }

  private void print(Path csv, Path beside, HouseExport.Exported exported) throws IOException {
    if (json) {
      spec.commandLine().getOut().print(Files.readString(beside, StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
      return;
    }
    Answers answers = new Answers(spec.commandLine());
    answers.line(
        "%s, %s to %s"
            .formatted(HouseDays.name(exported.completeness().house()), days.first(), days.last()));
    answers.line(
        String.format(
            Locale.ROOT,
            "%s in %s (%,d bytes)",
            Counted.of(exported.file().rows(), "reading"),
            csv,
            exported.file().bytes()));
    new MissingReport(answers).print(exported.completeness());
    answers.line("Each node and day, all gaps and the columns' meaning: " + beside);
  }
}
