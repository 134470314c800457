package org.tributary.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.report.Span;
import picocli.CommandLine.Option;

/** Which house of which central, and which days, the command line speaks of. */
final class HouseDays {

  private static final int MOST_HOUSES = 20;

  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "sqlite:///tributary.db",
      description = "Central's database (default: ${DEFAULT-VALUE}); it is only read.")
  private String db = "";

  @Option(
      names = "--house",
      required = true,
      paramLabel = "ID|ADDRESS",
      description = "The house, by its id or its address at central.")
  private String house = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "The first day (UTC), as in 2024-05-01.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "The last day (UTC), it included.")
  private LocalDate to = LocalDate.EPOCH;

  LocalDate first() {
    return from;
  }

  LocalDate last() {
    return to;
  }

  Span span() throws UsageException {
    return Days.of(from, to).span();
  }

  DatabaseUrl url() throws UsageException {
    return DatabaseOption.parse("--db", db);
  }

  Database open() throws UsageException {
    return Database.open(url(), Access.READ_ONLY);
  }

  /** The one house that is meant. */
  House find(Completeness completeness) throws UsageException, StoreException {
    List<House> meant = completeness.houses(Optional.of(house));
    if (meant.size() == 1) {
      return meant.get(0);
    }
    List<House> all = meant.isEmpty() ? completeness.houses(Optional.empty()) : meant;
    if (all.isEmpty()) {
      throw new UsageException("%s knows no house yet".formatted(url().printable()));
    }
    String known =
        all.stream()
            .limit(MOST_HOUSES)
            .map(each -> "%n  %s".formatted(name(each)))
            .collect(Collectors.joining());
    String more =
        all.size() > MOST_HOUSES ? "%n  and %d more".formatted(all.size() - MOST_HOUSES) : "";
    throw new UsageException(
        (meant.isEmpty()
                    ? "There is no house \"%s\"; there are:"
                    : "\"%s\" may be several houses; choose one by its id:")
                .formatted(Answers.plain(house))
            + known
            + more);
  }

  /** A house as people tell it from others. */
  static String name(House house) {
    return "%s (house %d%s)"
        .formatted(
            Answers.plain(house.address()),
            house.id(),
            house.deployment().map(each -> ", " + Answers.plain(each)).orElse(""));
  }

  /** Which days, for the name of a file. */
  String fileName(House found) {
    return "house-%d-%s-%s".formatted(found.id(), from, to);
  }

  /**
   * The file that is to be written.
   *
   * @param out what {@code --out} says: a folder, or the file itself
   * @param name what it is called otherwise
   */
  static Path file(@Nullable Path out, String name) {
    Path file = out == null ? Path.of(name) : Files.isDirectory(out) ? out.resolve(name) : out;
    return file.toAbsolutePath().normalize();
  }

  /** The same file with another ending. */
  static Path sibling(Path file, String ending, String other) {
    String name = file.getFileName().toString();
    String bare = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    return file.resolveSibling(bare + other);
  }
}
