package org.tributary.edge.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.store.disk.Folders;
import org.tributary.store.disk.WholeFile;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestJson;

/**
 * Rows that a remote can't take as they are and can't keep apart itself, each once, a line each
 * with the reason and what the row holds: for people, for {@code status}, and so that every push
 * knows of them. If the file is deleted the next push looks at everything again.
 *
 * <p>Not thread-safe: whoever speaks to the remote guards it.
 */
public final class SetAsideFile {

  /** Whoever has more has one cause for all of them. */
  public static final int MOST = 20_000;

  private final Path path;
  private final Map<String, Rule> rules = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  private boolean torn;

  /** A row with its content, as JSON. */
  public record Row(SetAside why, String content) {}

  /** Looks at nothing yet: {@link #load} does. */
  public SetAsideFile(Path path) {
    this.path = path;
  }

  /** Reads the file, if it is there; a line that can't be read ends it. */
  public void load() {
    rules.clear();
    counts.clear();
    torn = true;
    try (BufferedReader reader = reader()) {
      String line = reader.readLine();
      while (line != null) {
        note(read(line).why());
        line = reader.readLine();
      }
      torn = !endsWithALine();
    } catch (NoSuchFileException e) {
      torn = false; // nothing is set aside
    } catch (IOException | IllegalArgumentException e) {
      // What can't be read is missed by the record, and everything is looked at again.
    }
  }

  /** Half a letter at the end is no reason to lose the lines before it. */
  private BufferedReader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8));
  }

  /** A power cut may leave a line and not its end: the next one would be glued to it. */
  private boolean endsWithALine() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  /** How many rows there are. */
  public long size() {
    return rules.size();
  }

  /** How many rows of a table there are. */
  public long count(String table) {
    return counts.getOrDefault(table, 0L);
  }

  /** How many rows there are, by the rule. */
  public Map<Rule, Long> byRule() {
    Map<Rule, Long> byRule = new EnumMap<>(Rule.class);
    rules.values().forEach(rule -> byRule.merge(rule, 1L, Long::sum));
    return byRule;
  }

  /** Why that row was set aside, if it was. */
  public Optional<Rule> rule(String table, String key) {
    return rules.isEmpty() ? Optional.empty() : Optional.ofNullable(rules.get(id(table, key)));
  }

  /**
   * Writes rows down, those that are there already left out; they are on the disk when it returns.
   *
   * @return how many there was no more room for
   */
  public long add(List<Row> rows) throws IOException {
    Map<String, Row> fresh = new LinkedHashMap<>();
    long beyond = 0;
    for (Row row : rows) {
      String id = id(row);
      if (rules.containsKey(id) || fresh.containsKey(id)) {
        continue;
      }
      if (rules.size() + fresh.size() == MOST) {
        beyond++;
        continue;
      }
      fresh.put(id, row);
    }
    if (!fresh.isEmpty()) {
      append(fresh);
    }
    return beyond;
  }

  /** Takes rows out that the server has after all. */
  public void remove(String table, Collection<String> keys) throws IOException {
    Set<String> gone =
        keys.stream()
            .map(key -> id(table, key))
            .filter(rules::containsKey)
            .collect(Collectors.toSet());
    if (gone.isEmpty()) {
      return;
    }
    writeAnew(rows().stream().filter(row -> !gone.contains(id(row))).toList());
  }

  /** Forgets all. */
  public void clear() throws IOException {
    if (Files.deleteIfExists(path)) {
      Folders.settle(Folders.of(path));
    }
    rules.clear();
    counts.clear();
    torn = false;
  }

  /** The first of them. */
  public List<SetAside> first(int most) throws IOException {
    return rows(most).stream().map(Row::why).toList();
  }

  /** All of them, with what they hold. */
  public List<Row> rows() throws IOException {
    return rows(MOST);
  }

  private List<Row> rows(int most) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader reader = reader()) {
      String line = reader.readLine();
      while (line != null && rows.size() < most) {
        rows.add(read(line));
        line = reader.readLine();
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (WireFormatException | IllegalArgumentException e) {
      return rows; // a power cut left half a line
    }
    return rows;
  }

  private void note(SetAside row) {
    if (rules.put(id(row.table(), row.key()), row.rule()) == null) {
      counts.merge(row.table(), 1L, Long::sum);
    }
  }

  /** What is not written as a whole may leave half a line, behind which nothing can be added. */
  private void append(Map<String, Row> fresh) throws IOException {
    if (torn) {
      Map<String, Row> whole = new LinkedHashMap<>();
      rows().forEach(row -> whole.put(id(row), row));
      fresh.forEach(whole::putIfAbsent);
      writeAnew(whole.values());
      return;
    }
    torn = true;
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      append(lines(fresh.values()), channel);
    }
    Folders.settle(Folders.of(path));
    torn = false;
    fresh.values().forEach(row -> note(row.why()));
  }

  /** What the disk did not take is not to be read either: the next one would believe it there. */
  private static void append(String lines, FileChannel channel) throws IOException {
    long before = channel.size();
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      try {
        channel.truncate(before);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void writeAnew(Collection<Row> rows) throws IOException {
    WholeFile.write(path, lines(rows));
    load();
  }

  private static String lines(Collection<Row> rows) {
    StringBuilder lines = new StringBuilder();
    rows.forEach(row -> lines.append(line(row)).append('\n'));
    return lines.toString();
  }

  private static String id(Row row) {
    return id(row.why().table(), row.why().key());
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

  private static Row read(String line) throws IOException {
    Fields fields = Fields.of(line);
    return new Row(
        new SetAside(
            fields.text("table"),
            fields.text("key"),
            Rule.valueOf(fields.text("rule")),
            fields.text("reason")),
        fields.text("row"));
  }
}
