package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Random edits of metadata at two centrals and two gateways, while messages get lost: all sides end
 * alike, nothing changes that nobody changed, and no edit vanishes without a record.
 */
class MetadataConvergenceTest {

  private static final int STEPS = 60;
  private static final int ROUNDS_UNTIL_QUIET = 12;

  /** A field of one thing that several databases have, each under an id of its own. */
  private record Field(String thing, Table table, String column) {}

  /** Where an edit was made. */
  private record Edit(int database, Field field, Object value) {}

  private final List<BothWaysCentral> databases = new ArrayList<>();
  private final List<BothWaysGateway> gateways = new ArrayList<>();
  private final List<Map<String, Long>> ids = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private final Map<Field, Object> atFirst = new HashMap<>();
  private final List<Edit> edits = new ArrayList<>();
  private final List<Edit> standing = new ArrayList<>();
  private final Set<List<Object>> seenElsewhere = new HashSet<>();
  private boolean lossy;
  private int values;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void push_afterRandomEditsAndLosses_endsAlikeEverywhere(int seed) throws Exception {
    Random random = new Random(seed);
    try {
      arrange(random);
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(3) == 0) {
          pushSomething(random);
        } else {
          edit(random);
        }
      }
      lossy = false;
      settle();
      assertAllAlike();
      assertNothingInvented();
      assertNoEditVanished();
    } finally {
      for (BothWaysGateway gateway : gateways) {
        gateway.close();
      }
      for (BothWaysCentral central : databases.subList(0, Math.min(2, databases.size()))) {
        central.close();
      }
    }
  }

  private void arrange(Random random) throws Exception {
    String[] rules = {"central", "local", "newest", "central House:local Sensor:newest"};
    BooleanSupplier loses = () -> lossy && random.nextInt(12) == 0;
    for (int central = 0; central < 2; central++) {
      databases.add(new BothWaysCentral(SimulatedFiles.ours()));
    }
    for (int gateway = 0; gateway < 2; gateway++) {
      BothWaysGateway made = new BothWaysGateway("gw-" + gateway, SimulatedFiles.ours());
      gateways.add(made);
      databases.add(made.own);
      made.furnish("Study " + gateway, gateway + " Mill Lane", 81 + gateway);
      for (int central = 0; central < 2; central++) {
        MergeTerms terms = MergeTerms.of(true, false, rules[random.nextInt(rules.length)]);
        made.remote(databases.get(central), terms, loses);
        made.push(central);
      }
    }
    for (int database = 0; database < databases.size(); database++) {
      ids.add(idsIn(databases.get(database)));
    }
    addFields();
    for (Field field : fields) {
      atFirst.put(field, values(field).values().iterator().next());
    }
    lossy = true;
  }

  /** The ids of things while they still have the names that they were made with. */
  private static Map<String, Long> idsIn(BothWaysCentral database) throws IOException {
    Map<String, Long> found = new HashMap<>();
    for (int gateway = 0; gateway < 2; gateway++) {
      note(found, "study " + gateway, database, Tables.DEPLOYMENT, "name", "Study " + gateway);
      note(found, "house " + gateway, database, Tables.HOUSE, "address", gateway + " Mill Lane");
      note(found, "sensor " + gateway, database, Tables.SENSOR, "nodeId", 81L + gateway);
    }
    found.put("temperature", 0L);
    found.put("co2 node", 2L);
    return found;
  }

  private static void note(
      Map<String, Long> found,
      String thing,
      BothWaysCentral database,
      Table table,
      String column,
      Object value)
      throws IOException {
    database.row(table, column, value).ifPresent(row -> found.put(thing, (Long) row.get("id")));
  }

  private void addFields() {
    for (int gateway = 0; gateway < 2; gateway++) {
      fields.add(new Field("study " + gateway, Tables.DEPLOYMENT, "name"));
      fields.add(new Field("study " + gateway, Tables.DEPLOYMENT, "description"));
      fields.add(new Field("house " + gateway, Tables.HOUSE, "address"));
      fields.add(new Field("sensor " + gateway, Tables.SENSOR, "calibrationSlope"));
      fields.add(new Field("sensor " + gateway, Tables.SENSOR, "calibrationOffset"));
    }
    fields.add(new Field("temperature", Tables.SENSOR_TYPE, "c0"));
    fields.add(new Field("temperature", Tables.SENSOR_TYPE, "c1"));
    fields.add(new Field("co2 node", Tables.NODE_TYPE, "period"));
    fields.add(new Field("co2 node", Tables.NODE_TYPE, "configured"));
  }

  /** What each database that has the thing says. */
  private Map<Integer, Object> values(Field field) throws IOException {
    Map<Integer, Object> all = new HashMap<>();
    for (int database = 0; database < databases.size(); database++) {
      Long id = ids.get(database).get(field.thing());
      if (id != null) {
        all.put(
            database,
            databases.get(database).row(field.table(), "id", id).orElseThrow().get(field.column()));
      }
    }
    return all;
  }

  private void edit(Random random) throws IOException {
    Field field = fields.get(random.nextInt(fields.size()));
    int database = random.nextInt(databases.size());
    Long id = ids.get(database).get(field.thing());
    if (id == null) {
      return;
    }
    values++;
    Object value =
        switch (field.table().require(field.column()).type()) {
          case REAL -> 1000.0 + values;
          case INTEGER -> 1000L + values;
          default -> "as of edit " + values;
        };
    databases
        .get(database)
        .execute(
            "UPDATE @%s@ SET @%s@ = %s WHERE @id@ = %d"
                .formatted(
                    field.table(),
                    field.column(),
                    value instanceof String ? "'" + value + "'" : value,
                    id));
    // Whoever edits a field again before anybody has seen the first edit has taken that back.
    standing.removeIf(edit -> edit.database() == database && edit.field().equals(field));
    standing.add(new Edit(database, field, value));
    edits.add(new Edit(database, field, value));
  }

  private void pushSomething(Random random) throws IOException {
    BothWaysGateway gateway = gateways.get(random.nextInt(gateways.size()));
    push(gateway, random.nextInt(gateway.remotes()));
  }

  private void push(BothWaysGateway gateway, int remote) throws IOException {
    try {
      PushResult result = gateway.push(remote);
      assertThat(result.refused()).isEmpty();
      assertThat(result.setAside()).isZero();
      assertThat(result.taken().left()).isEmpty();
    } catch (IOException lost) {
      assertThat(lost).hasMessage("lost on the way");
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
    for (Edit edit : standing) {
      values(edit.field())
          .forEach(
              (database, value) -> {
                if (database != edit.database() && edit.value().equals(value)) {
                  seenElsewhere.add(List.of(edit.field(), value));
                }
              });
    }
  }

  /** Pushes until nothing moves any more. */
  private void settle() throws IOException, RefusedException {
    for (int round = 0; round < ROUNDS_UNTIL_QUIET; round++) {
      boolean quiet = true;
      for (BothWaysGateway gateway : gateways) {
        for (int remote = 0; remote < gateway.remotes(); remote++) {
          PushResult result = gateway.push(remote);
          quiet &= result.sent() == 0 && result.taken().done().isEmpty();
        }
      }
      if (quiet) {
        return;
      }
    }
    throw new AssertionError("Changes go round and round");
  }

  private void assertAllAlike() throws IOException {
    for (Field field : fields) {
      assertThat(new HashSet<>(values(field).values())).as("%s", field).hasSize(1);
    }
  }

  private void assertNothingInvented() throws IOException {
    for (Field field : fields) {
      Set<Object> possible = new HashSet<>();
      possible.add(atFirst.get(field));
      edits.stream()
          .filter(edit -> edit.field().equals(field))
          .forEach(edit -> possible.add(edit.value()));
      boolean wasEdited = possible.size() > 1;
      assertThat(values(field).values()).as("%s", field).isSubsetOf(possible);
      if (wasEdited) {
        assertThat(values(field).values()).doesNotContain(atFirst.get(field));
      }
    }
  }

  private void assertNoEditVanished() throws IOException {
    List<Conflict> conflicts = new ArrayList<>();
    for (BothWaysCentral central : databases.subList(0, 2)) {
      conflicts.addAll(central.conflicts());
    }
    for (Edit edit : standing) {
      boolean isThere = values(edit.field()).containsValue(edit.value());
      boolean wasSeen = seenElsewhere.contains(List.of(edit.field(), edit.value()));
      boolean isOnRecord =
          conflicts.stream()
              .anyMatch(
                  conflict ->
                      conflict.table().equals(edit.field().table())
                          && conflict.column().equals(edit.field().column())
                          && (Objects.equals(conflict.versions().gateway(), edit.value())
                              || Objects.equals(conflict.versions().central(), edit.value())));
      assertThat(isThere || wasSeen || isOnRecord).as("%s vanished", edit).isTrue();
    }
  }
}
