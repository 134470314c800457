package org.tributary.edge.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.disk.Folders;
import org.tributary.store.disk.WholeFile;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestJson;

/**
 * What a gateway and a remote had otherwise, for a remote that keeps no books of that: the newest
 * of them, a line each with both versions and whose a person chose. For people; nothing goes by it.
 *
 * <p>Not thread-safe: whoever speaks to the remote guards it.
 *
 * @param path where it lies
 * @param gateway whose they are
 */
public record ConflictFile(Path path, GatewayId gateway) {

  /** The oldest beyond these are dropped. */
  public static final int MOST = 1_000;

  /**
   * All of them, oldest first. Each keeps its number, also when older ones are dropped. A line that
   * can't be read is left out.
   */
  public List<Conflict> all() throws IOException {
    List<Conflict> all = new ArrayList<>();
    for (String line : lines()) {
      try {
        all.add(read(next(all), Fields.of(line)));
      } catch (IOException | IllegalArgumentException | DateTimeException e) {
        // Half a line, or one of a later program: the others are as good as before.
      }
    }
    return all;
  }

  /**
   * Writes conflicts down, whatever their numbers; they are on the disk when it returns. One that
   * is there already is not written again: a push that failed meets it once more. Once somebody has
   * chosen, the same is another one.
   */
  public void add(List<Conflict> conflicts) throws IOException {
    List<Conflict> all = all();
    int before = all.size();
    for (Conflict conflict : conflicts) {
      if (all.stream().noneMatch(old -> isSame(old, conflict))) {
        all.add(with(conflict, next(all), conflict.chosen()));
      }
    }
    if (all.size() != before) {
      write(all);
    } else if (before > 0) {
      Folders.settle(Folders.of(path)); // whoever wrote them may have been broken off before
    }
  }

  /** Notes whose version a person chose. */
  public void choose(long number, Conflict.Choice choice) throws IOException {
    List<Conflict> all = all();
    all.replaceAll(each -> each.id() == number ? with(each, number, Optional.of(choice)) : each);
    write(all);
  }

  private static long next(List<Conflict> all) {
    return all.isEmpty() ? 1 : all.get(all.size() - 1).id() + 1;
  }

  private static Conflict with(Conflict conflict, long number, Optional<Conflict.Choice> choice) {
    return new Conflict(
        number,
        conflict.gateway(),
        conflict.table(),
        conflict.local(),
        conflict.central(),
        conflict.kind(),
        conflict.column(),
        conflict.versions(),
        conflict.winner(),
        conflict.why(),
        conflict.noticed(),
        choice);
  }

  private void write(List<Conflict> all) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Conflict conflict : all.subList(Math.max(0, all.size() - MOST), all.size())) {
      text.append(line(conflict)).append('\n');
    }
    WholeFile.write(path, text.toString());
  }

  private List<String> lines() throws IOException {
    try {
      // Damage to some characters is no reason to lose the others.
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static boolean isSame(Conflict old, Conflict conflict) {
    return old.chosen().isEmpty()
        && old.table().equals(conflict.table())
        && old.local().equals(conflict.local())
        && old.column().equals(conflict.column())
        && old.versions().equals(conflict.versions());
  }

  private static String line(Conflict conflict) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("number", conflict.id());
    members.put("noticed", conflict.noticed().toString());
    members.put("table", conflict.table().name());
    members.put("local", conflict.local().value());
    members.put("central", conflict.central().value());
    members.put("column", conflict.column());
    members.put("kind", conflict.kind().name());
    members.put("base", conflict.versions().base());
    members.put("gatewayHas", conflict.versions().gateway());
    members.put("centralHas", conflict.versions().central());
    members.put("counts", conflict.winner().name());
    members.put("why", conflict.why());
    conflict
        .chosen()
        .ifPresent(
            choice -> {
              members.put("chosen", choice.side().name());
              members.put("by", choice.by());
              members.put("at", choice.at().toString());
            });
    return new String(RestJson.bytes(members), StandardCharsets.UTF_8);
  }

  private Conflict read(long next, Fields fields) throws IOException {
    Table table =
        Tables.named(fields.text("table"))
            .orElseThrow(() -> new WireFormatException("No table of ours"));
    String column = fields.text("column");
    return new Conflict(
        fields.members().get("number") instanceof Long number ? number : next,
        gateway,
        table,
        new LocalId(fields.whole("local")),
        new CentralId(fields.whole("central")),
        Conflict.Kind.valueOf(fields.text("kind")),
        column,
        new Conflict.Versions(
            cell(table, column, fields, "base"),
            cell(table, column, fields, "gatewayHas"),
            cell(table, column, fields, "centralHas")),
        Conflict.Side.valueOf(fields.text("counts")),
        fields.text("why"),
        Instant.parse(fields.text("noticed")),
        fields.members().get("chosen") == null
            ? Optional.empty()
            : Optional.of(
                new Conflict.Choice(
                    Conflict.Side.valueOf(fields.text("chosen")),
                    fields.text("by"),
                    Instant.parse(fields.text("at")))));
  }

  /** A cell; of a row as a whole its JSON. */
  private static @Nullable Object cell(Table table, String column, Fields fields, String name)
      throws IOException {
    Object json = fields.members().get(name);
    return column.isEmpty() ? json : RestCells.cell(table.require(column), json);
  }
}
