package org.tributary.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a gateway asks when it wants to know what a cycle would do, and the answer.
 * Stateless.
 *
 * <pre>
 * the question
 *   4 bytes   "TRIP"
 *   1 byte    format: 1
 *   the rest  zlib stream (RFC 1950) of:
 *     text      the greeting, as JSON
 *     uvarint   number of batches; for each: uvarint number of bytes, those of {@link BatchCodec}
 * the answer
 *   JSON
 * </pre>
 */
public final class PlanCodec {

  private static final byte[] MAGIC = {'T', 'R', 'I', 'P'};
  private static final int FORMAT = 1;
  private static final int MOST_BATCHES = 256;

  private PlanCodec() {}

  /** Writes a question so that a central of any version can read its batches. */
  public static byte[] encode(Proposal proposal) {
    ByteSink out = new ByteSink(4_096);
    out.text(new String(SyncJson.write(proposal.greeting()), StandardCharsets.UTF_8));
    out.uvarint(proposal.tables().size());
    for (Batch batch : proposal.tables()) {
      byte[] bytes = BatchCodec.encode(batch, SyncApi.OLDEST_PROTOCOL);
      out.uvarint(bytes.length);
      out.bytes(bytes);
    }
    return out.deflated(MAGIC, FORMAT);
  }

  /**
   * Reads a question.
   *
   * @param maxRows most rows in all its batches together
   * @param maxBytes most bytes that it, and each of its batches, may expand to
   * @throws WireFormatException if it is none
   * @throws TooLargeException if there are more rows or bytes than that
   */
  public static Proposal decode(byte[] body, int maxRows, int maxBytes) throws IOException {
    ByteSource in = ByteSource.inflated(body, MAGIC, FORMAT, maxBytes);
    Greeting greeting = SyncJson.readGreeting(in.text().getBytes(StandardCharsets.UTF_8));
    int count = in.count(MOST_BATCHES, "batches");
    List<Batch> tables = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = in.bytes(in.count(maxBytes, "bytes"));
      Batch batch = BatchCodec.decode(bytes, maxRows - rows, maxBytes);
      rows += batch.size();
      tables.add(batch);
    }
    in.expectEnd();
    try {
      return new Proposal(greeting, tables);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes an answer. */
  public static byte[] encode(Plan plan) {
    return Json.bytes(fields(plan));
  }

  /** An answer's fields, for JSON. */
  public static Map<String, @Nullable Object> fields(Plan plan) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("steps", plan.steps().stream().map(PlanCodec::step).toList());
    json.put("setAside", plan.apart().stream().map(PlanCodec::apart).toList());
    json.put("readingsMoved", plan.effect().moved());
    json.put("released", plan.effect().released());
    json.put("waiting", plan.effect().waiting());
    if (!plan.taken().isEmpty()) {
      json.put("taken", plan.taken());
    }
    if (!plan.notes().isEmpty()) {
      json.put("notes", plan.notes());
    }
    return json;
  }

  private static Map<String, @Nullable Object> step(Plan.Step step) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", step.table());
    json.put("id", step.local().orElse(null));
    json.put("shown", step.shown());
    json.put("act", step.act().name());
    json.put("central", step.central().orElse(null));
    json.put("evidence", step.evidence());
    List<Object> changes = new ArrayList<>();
    for (Plan.Change each : step.changes()) {
      Map<String, @Nullable Object> change = new LinkedHashMap<>();
      change.put("column", each.column());
      change.put("from", each.from());
      change.put("to", each.to());
      changes.add(change);
    }
    json.put("changes", changes);
    return json;
  }

  private static Map<String, @Nullable Object> apart(Plan.Apart apart) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("table", apart.what().table());
    json.put("key", apart.what().key());
    json.put("rule", apart.what().rule().name());
    json.put("reason", apart.what().reason());
    json.put("before", apart.before());
    return json;
  }

  /** Reads an answer. */
  public static Plan decodePlan(byte[] body) throws WireFormatException {
    Fields fields = Fields.of(body);
    List<Plan.Step> steps = new ArrayList<>();
    for (Object item : fields.list("steps")) {
      steps.add(readStep(Fields.of(item)));
    }
    List<Plan.Apart> apart = new ArrayList<>();
    for (Object item : fields.list("setAside")) {
      Fields row = Fields.of(item);
      apart.add(
          row.build(
              () ->
                  new Plan.Apart(
                      new SetAside(
                          row.text("table"),
                          row.text("key"),
                          Rule.valueOf(row.text("rule")),
                          row.text("reason")),
                      row.optional("before").equals(Optional.of(true)))));
    }
    List<String> taken = lines(fields, "taken");
    List<String> notes = lines(fields, "notes");
    return fields.build(
        () ->
            new Plan(
                steps,
                apart,
                new Plan.Effect(
                    fields.number("readingsMoved"),
                    fields.number("released"),
                    fields.number("waiting")),
                taken,
                notes));
  }

  private static List<String> lines(Fields fields, String name) throws WireFormatException {
    List<String> lines = new ArrayList<>();
    for (Object item : fields.optional(name).isEmpty() ? List.of() : fields.list(name)) {
      if (!(item instanceof String line)) {
        throw new WireFormatException("\"%s\" should be a list of texts".formatted(name));
      }
      lines.add(line);
    }
    return lines;
  }

  private static Plan.Step readStep(Fields step) throws WireFormatException {
    List<Plan.Change> changes = new ArrayList<>();
    for (Object item : step.list("changes")) {
      Fields change = Fields.of(item);
      changes.add(new Plan.Change(change.text("column"), text(change, "from"), text(change, "to")));
    }
    Optional<Long> local = number(step, "id");
    Optional<Long> central = number(step, "central");
    return step.build(
        () ->
            new Plan.Step(
                step.text("table"),
                local,
                step.text("shown"),
                Plan.Act.valueOf(step.text("act")),
                central,
                step.text("evidence"),
                changes));
  }

  private static @Nullable String text(Fields fields, String name) throws WireFormatException {
    return fields.optional(name).isEmpty() ? null : fields.text(name);
  }

  private static Optional<Long> number(Fields fields, String name) throws WireFormatException {
    return fields.optional(name).isEmpty() ? Optional.empty() : Optional.of(fields.number(name));
  }
}
