package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finished rounds, one JSON object a line, so that a run that was broken off goes on where it was.
 * A round that failed counts as done; take its line out to play it again.
 */
final class Ledger {

  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"fault\":\"(\\w+)\",\"round\":(\\d+),\"seed\":(-?\\d+),\"ok\":(true|false),"
              + "\"seconds\":([0-9.]+),\"failure\":\"(.*)\"\\}");

  /**
   * A finished round.
   *
   * @param failure what was wrong; empty if nothing
   */
  record Entry(String fault, int round, long seed, double seconds, String failure) {
    boolean isOk() {
      return failure.isEmpty();
    }

    String line() {
      return String.format(
          java.util.Locale.ROOT,
          "{\"fault\":\"%s\",\"round\":%d,\"seed\":%d,\"ok\":%b,\"seconds\":%.1f,\"failure\":\"%s\"}",
          fault,
          round,
          seed,
          isOk(),
          seconds,
          failure.replace("\\", "/").replace('"', '\'').replaceAll("\\s+", " "));
    }
  }

  private final Path file;
  private final List<Entry> entries = new ArrayList<>();

  /** What stands in that file, half a line at its end excepted. */
  Ledger(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Matcher its = LINE.matcher(line);
        if (its.matches()) {
          entries.add(
              new Entry(
                  its.group(1),
                  Integer.parseInt(its.group(2)),
                  Long.parseLong(its.group(3)),
                  Double.parseDouble(its.group(5)),
                  its.group(6)));
        }
      }
    } else {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
  }

  void add(Entry entry) throws IOException {
    entries.add(entry);
    Files.writeString(
        file, entry.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  boolean has(Fault fault, int round, long seed) {
    return entries.stream()
        .anyMatch(
            each ->
                each.fault().equals(fault.id()) && each.round() == round && each.seed() == seed);
  }

  List<Entry> of(Fault fault) {
    return entries.stream().filter(each -> each.fault().equals(fault.id())).toList();
  }
}
