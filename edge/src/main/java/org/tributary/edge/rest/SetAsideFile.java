package org.tributary.edge.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.rest.RestJson;

/**
 * Rows that the server can't take as they are, each once, a line each with the reason and what the
 * row holds: for people, for {@code status}, and so that no push tries them again. If the file is
 * deleted the next push looks at everything again.
 *
 * <p>Not thread-safe: its {@link RestCentral} guards it.
 */
final class SetAsideFile {

  /** Whoever has more has one cause for all of them. */
  static final int MOST = 20_000;

  private final Path path;
  private final Map<String, Rule> rules = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  /** A row with its content, as JSON. */
  record Row(SetAside why, String content) {}

  SetAsideFile(Path path) {
    this.path = path;
  }

  /** Reads the file, if it is there; a line that can't be read ends it. */
  void load() {
    rules.clear();
    counts.clear();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      String line = reader.readLine();
      while (line != null) {
        note(read(line));
        line = reader.readLine();
      }
    } catch (IOException | IllegalArgumentException e) {
      // What can't be read is missed by the record, and everything is looked at again.
    }
  }

  /** How many rows there are. */
  long size() {
    return rules.size();
  }

  long count(String table) {
    return counts.getOrDefault(table, 0L);
  }

  /** How many rows there are, by the rule. */
  Map<Rule, Long> byRule() {
    Map<Rule, Long> byRule = new EnumMap<>(Rule.class);
    rules.values().forEach(rule -> byRule.merge(rule, 1L, Long::sum));
    return byRule;
  }

  /** Why that row was set aside, if it was. */
  Optional<Rule> rule(String table, String key) {
    return rules.isEmpty() ? Optional.empty() : Optional.ofNullable(rules.get(id(table, key)));
  }

  /**
   * Writes rows down, those that are there already left out; they are on the disk when it returns.
   *
   * @return how many there was no more room for
   */
  long add(List<Row> rows) throws IOException {
    StringBuilder lines = new StringBuilder();
    long beyond = 0;
    for (Row row : rows) {
      if (rules.containsKey(id(row.why().table(), row.why().key()))) {
        continue;
      }
      if (rules.size() == MOST) {
        beyond++;
        continue;
      }
      lines.append(line(row)).append('\n');
      note(row.why());
    }
    if (!lines.isEmpty()) {
      append(lines.toString());
    }
    return beyond;
  }

  /** Takes rows out that the server has after all. */
  void remove(String table, Collection<String> keys) throws IOException {
    List<String> gone =
        keys.stream().map(key -> id(table, key)).filter(rules::containsKey).toList();
    if (gone.isEmpty()) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    for (String line : Files.readAllLines(path)) {
      SetAside row = read(line);
      if (!gone.contains(id(row.table(), row.key()))) {
        kept.append(line).append('\n');
      }
    }
    WholeFile.write(path, kept.toString());
    load();
  }

  /** Forgets all. */
  void clear() throws IOException {
    Files.deleteIfExists(path);
    rules.clear();
    counts.clear();
  }

  /** The first of them. */
  List<SetAside> first(int most) throws IOException {
    List<SetAside> rows = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      String line = reader.readLine();
      while (line != null && rows.size() < most) {
        rows.add(read(line));
        line = reader.readLine();
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return rows;
  }

  private void note(SetAside row) {
    if (rules.put(id(row.table(), row.key()), row.rule()) == null) {
      counts.merge(row.table(), 1L, Long::sum);
    }
  }

  private void append(String lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static String id(String table, String key) {
    return table + ' ' + key;
  }

  private static String line(Row row) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("table", row.why().table());
    members.put("key", row.why().key());
    members.put("rule", row.why().rule().name());
    members.put("reason", row.why().reason());
    members.put("row", row.content());
    return new String(RestJson.bytes(members), StandardCharsets.UTF_8);
  }

  private static SetAside read(String line) throws IOException {
    Fields fields = Fields.of(line);
    return new SetAside(
        fields.text("table"),
        fields.text("key"),
        Rule.valueOf(fields.text("rule")),
        fields.text("reason"));
  }
}
