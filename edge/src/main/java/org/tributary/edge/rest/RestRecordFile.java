package org.tributary.edge.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.state.Fields;
import org.tributary.store.disk.WholeFile;
import org.tributary.wire.Lane;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestJson;

/**
 * A {@link RestRecord} as a file beside the configuration, one JSON object a line:
 *
 * <pre>
 * {"is":"record","owner":"http://central/rest/ of 1f0c…","rowsAside":2}
 * {"is":"contact","first":"…","last":"…","offset":-120,"trustedUntil":"…",…}
 * {"is":"position","table":"Reading","lane":"LIVE","key":"[\"2015-08-03T08:40:39.89Z\",1,6]"}
 * {"is":"second","table":"Reading","second":"2015-08-03T08:40:39Z","keys":"1,0 1,2 1,6"}
 * {"is":"match","table":"House","local":5,"central":12,"here":"{…}","there":"{…}"}
 * {"is":"problem","table":"House","key":"[6]","rule":"AMBIGUOUS","reason":"…"}
 * {"is":"held","table":"Reading","parent":"Location","local":9,"first":"…","last":"…",…}
 * {"is":"more","table":"Reading","count":17}
 * {"is":"sent","witness":"house 5","until":"2015-08-03T08:40:39.89Z"}
 * {"is":"back","witness":"house 5","to":"2015-08-01T00:00:00Z"}
 * {"is":"shadowed","local":6}
 * {"is":"report","id":1207,"row":"{…}"}
 * {"is":"unproven","table":"Location","local":9}
 * {"is":"good","table":"Reading","row":"{…}"}
 * </pre>
 */
record RestRecordFile(Path path) {

  /** What the file says; nothing if it is missing or damaged. */
  RestRecord read() {
    RestRecord record = new RestRecord();
    try {
      for (String line : Files.readAllLines(path)) {
        take(record, Fields.of(line));
      }
      return record;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return new RestRecord();
    }
  }

  void write(RestRecord record) throws IOException {
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    lines.add(line("record", "owner", record.owner(), "rowsAside", record.rowsAside()));
    record
        .contact()
        .ifPresent(
            contact ->
                lines.add(
                    line(
                        "contact",
                        "first",
                        contact.first().toString(),
                        "last",
                        contact.last().toString(),
                        "offset",
                        contact.offsetMillis(),
                        "trustedUntil",
                        contact.trustedUntil().toString(),
                        "hostname",
                        contact.hostname(),
                        "version",
                        contact.version(),
                        "limits",
                        contact.limits().name())));
    for (Lane lane : Lane.values()) {
      record
          .positions(lane)
          .forEach(
              (table, key) ->
                  lines.add(
                      line(
                          "position",
                          "table",
                          table,
                          "lane",
                          lane.name(),
                          "key",
                          SyncJson.writePosition(key))));
    }
    record
        .seconds()
        .forEach(
            (table, last) ->
                lines.add(
                    line(
                        "second",
                        "table",
                        table,
                        "second",
                        last.second().toString(),
                        "keys",
                        String.join(" ", last.keys()))));
    record
        .allMatches()
        .forEach(
            (table, all) ->
                all.forEach(
                    (local, match) ->
                        lines.add(
                            line(
                                "match",
                                "table",
                                table,
                                "local",
                                local,
                                "central",
                                match.central(),
                                "here",
                                match.here(),
                                "there",
                                match.there()))));
    for (SetAside row : record.problems()) {
      lines.add(
          line(
              "problem",
              "table",
              row.table(),
              "key",
              row.key(),
              "rule",
              row.rule().name(),
              "reason",
              row.reason()));
    }
    for (Held held : record.held()) {
      lines.add(
          line(
              "held",
              "table",
              held.table(),
              "parent",
              held.parent(),
              "local",
              held.local(),
              "first",
              SyncJson.writePosition(held.first()),
              "last",
              SyncJson.writePosition(held.last()),
              "count",
              held.count(),
              "rule",
              held.rule().name(),
              "reason",
              held.reason()));
    }
    record
        .uncounted()
        .forEach((table, count) -> lines.add(line("more", "table", table, "count", count)));
    record
        .sent()
        .forEach(
            (witness, until) ->
                lines.add(line("sent", "witness", witness, "until", until.toString())));
    record
        .goneBack()
        .forEach((witness, to) -> lines.add(line("back", "witness", witness, "to", to)));
    record.shadowed().forEach(local -> lines.add(line("shadowed", "local", local)));
    record
        .report()
        .ifPresent(report -> lines.add(line("report", "id", report.id(), "row", report.row())));
    record
        .allUnproven()
        .forEach(
            (table, all) ->
                all.forEach(local -> lines.add(line("unproven", "table", table, "local", local))));
    record.good().forEach((table, row) -> lines.add(line("good", "table", table, "row", row)));
    StringBuilder text = new StringBuilder();
    for (Map<String, @Nullable Object> line : lines) {
      text.append(new String(RestJson.bytes(line), StandardCharsets.UTF_8)).append('\n');
    }
    WholeFile.write(path, text.toString());
  }

  private static Map<String, @Nullable Object> line(String kind, Object... namesAndValues) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("is", kind);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return line;
  }

  private static void take(RestRecord record, Fields line) throws IOException {
    switch (line.text("is")) {
      case "record" -> {
        record.beginAnew(line.text("owner"));
        record.rowsAside(line.whole("rowsAside"));
      }
      case "contact" ->
          record.contact(
              new RestRecord.Contact(
                  Instant.parse(line.text("first")),
                  Instant.parse(line.text("last")),
                  line.whole("offset"),
                  Instant.parse(line.text("trustedUntil")),
                  line.text("hostname"),
                  line.text("version"),
                  Limits.valueOf(line.text("limits"))));
      case "position" ->
          record
              .positions(Lane.valueOf(line.text("lane")))
              .put(line.text("table"), line.position("key"));
      case "second" -> {
        Set<String> keys = new HashSet<>(Arrays.asList(line.text("keys").split(" ", -1)));
        record
            .seconds()
            .put(line.text("table"), new LastSecond(Instant.parse(line.text("second")), keys));
      }
      case "match" ->
          record
              .matches(line.text("table"))
              .put(
                  line.whole("local"),
                  new Match(line.whole("central"), line.text("here"), line.text("there")));
      case "problem" ->
          record
              .problems()
              .add(
                  new SetAside(
                      line.text("table"),
                      line.text("key"),
                      Rule.valueOf(line.text("rule")),
                      line.text("reason")));
      case "held" ->
          record
              .held()
              .add(
                  new Held(
                      line.text("table"),
                      line.text("parent"),
                      line.whole("local"),
                      line.position("first"),
                      line.position("last"),
                      line.whole("count"),
                      Rule.valueOf(line.text("rule")),
                      line.text("reason")));
      case "more" -> record.uncounted().put(line.text("table"), line.whole("count"));
      case "sent" -> record.sent().put(line.text("witness"), Instant.parse(line.text("until")));
      case "back" -> record.goneBack().put(line.text("witness"), line.text("to"));
      case "shadowed" -> record.shadowed().add(line.whole("local"));
      case "report" ->
          record.report(Optional.of(new RestRecord.Report(line.whole("id"), line.text("row"))));
      case "unproven" -> record.unproven(line.text("table")).add(line.whole("local"));
      case "good" -> record.good().put(line.text("table"), line.text("row"));
      default -> throw new WireFormatException("No line of a record: " + line.text("is"));
    }
  }
}
