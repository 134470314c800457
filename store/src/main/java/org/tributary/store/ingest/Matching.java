package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.store.Trouble;
import org.tributary.wire.Authority;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Matches a gateway's rows of one table with central's, row by row. Each match is a journal entry
 * with its evidence; what could mean two things is set aside and never guessed. A field that the
 * gateway changed since both sides agreed is changed at central; no other is. A row that got
 * another key is renamed at central if it is this gateway's alone, else matched anew. For one
 * batch.
 */
final class Matching {
  private final Engine engine;
  private final MappingJournal journal;
  private final SetAsideRows setAside;
  private final Connection connection;
  private final Gateway gateway;
  private final Rows rows;
  private final Map<String, Set<Long>> movedParents;
  private final Table table;
  private final TableWriter writer;
  private final Users users;
  private final Claims claims;
  private final Map<LocalId, Mapping> known;
  private final Map<CentralId, LocalId> taken = new HashMap<>();
  private final Map<String, Map<Long, Long>> parents = new HashMap<>();
  private final Map<LocalId, Integer> numbers = new LinkedHashMap<>();
  private final Map<LocalId, Map<Column, @Nullable Object>> newKeys = new HashMap<>();
  private final Map<List<@Nullable Object>, List<LocalId>> twins = new HashMap<>();
  private final Set<LocalId> done = new HashSet<>();
  private final Map<LocalId, CentralId> matches = new HashMap<>();
  private final Map<CentralId, CentralId> readingsMoved = new LinkedHashMap<>();
  private final Set<Long> moved = new HashSet<>();
  private final Set<Long> inDoubt = new HashSet<>();
  private final List<Apart> apart = new ArrayList<>();
  private Stored stored = Stored.NOTHING;
  private boolean matchedAnew;

  /**
   * @param movedParents ids at the gateway, by table, of rows that are others at central now: what
   *     refers to them has changed although it looks the same. Empty for a batch that was sent.
   */
  Matching(
      Engine engine,
      MappingJournal journal,
      SetAsideRows setAside,
      Connection connection,
      Gateway gateway,
      Rows rows,
      Map<String, Set<Long>> movedParents)
      throws SQLException {
    this.engine = engine;
    this.journal = journal;
    this.setAside = setAside;
    this.connection = connection;
    this.gateway = gateway;
    this.rows = rows;
    this.movedParents = movedParents;
    this.table = rows.table();
    this.writer = new TableWriter(engine, table);
    this.users = new Users(engine);
    this.claims = new Claims(engine, journal);
    this.known = journal.of(connection, gateway, table);
    for (Mapping mapping : known.values()) {
      if (mapping.inForce()) {
        taken.put(mapping.central(), mapping.local());
      } else {
        taken.putIfAbsent(mapping.central(), mapping.local());
      }
    }
    for (Column column : table.columns()) {
      if (column.references().isPresent()) {
        String parent = column.references().get();
        parents.put(parent, journal.ids(connection, gateway, parent));
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long id) {
        numbers.putIfAbsent(new LocalId(id), row);
      }
    }
    if (table.identity() == Identity.NATURAL_KEY) {
      noteNewKeys();
    }
  }

  Table table() {
    return table;
  }

  Stored stored() {
    return stored;
  }

  List<Apart> apart() {
    return apart;
  }

  /** Whether a row has come into force that was not before. */
  boolean matchedAnew() {
    return matchedAnew;
  }

  /** Rows of the gateway that are another row of central now. */
  Set<Long> moved() {
    return moved;
  }

  /** Rows of the gateway whose mapping was taken out of force. */
  Set<Long> inDoubt() {
    return inDoubt;
  }

  /** Matches and stores each row, or sets it aside. */
  void takeAll() throws SQLException {
    Set<LocalId> begun = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long id) {
        takeInOrder(new LocalId(id), row, begun);
      } else {
        take(rows.row(row));
      }
    }
    users.moveReadings(connection, gateway, readingsMoved);
  }

  /** A row that gives up its key goes before the row that gets it. */
  private void takeInOrder(LocalId first, int number, Set<LocalId> begun) throws SQLException {
    if (!begun.add(first)) {
      if (!Objects.equals(numbers.get(first), number)) {
        take(rows.row(number)); // an id that the gateway has twice
      }
      return;
    }
    Deque<LocalId> chain = new ArrayDeque<>(List.of(first));
    Optional<LocalId> next = holderOfKeyOf(first);
    while (next.isPresent() && begun.add(next.get())) {
      chain.push(next.get());
      next = holderOfKeyOf(next.get());
    }
    while (!chain.isEmpty()) {
      LocalId local = chain.pop();
      take(rowOf(local));
      done.add(local);
    }
  }

  private Map<String, @Nullable Object> rowOf(LocalId local) {
    return rows.row(Objects.requireNonNull(numbers.get(local)));
  }

  private Optional<LocalId> holderOfKeyOf(LocalId local) throws SQLException {
    Map<Column, @Nullable Object> key = newKeys.get(local);
    if (newKeys.isEmpty() || (key == null && known.containsKey(local))) {
      return Optional.empty();
    }
    if (key == null) {
      try {
        key = keyOf(central(rowOf(local)));
      } catch (Doubt doubt) {
        return Optional.empty(); // said when its turn comes
      }
    }
    for (CentralId candidate : candidates(key)) {
      LocalId holder = taken.get(candidate);
      if (holder != null && !holder.equals(local) && newKeys.containsKey(holder)) {
        return Optional.of(holder);
      }
    }
    return Optional.empty();
  }

  private void take(Map<String, @Nullable Object> row) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      stored = stored.plus(match(row));
      connection.releaseSavepoint(before);
      setAside.remove(connection, gateway, table, nameOf(row));
    } catch (Doubt doubt) {
      connection.rollback(before);
      doubted(row, doubt.rule(), doubt.reason());
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      connection.rollback(before);
      doubted(row, Rule.DATABASE, DatabaseUrl.redact(String.valueOf(e.getMessage())));
    }
  }

  private void doubted(Map<String, @Nullable Object> row, Rule rule, String reason)
      throws SQLException {
    apart.add(
        new Apart(table, nameOf(row), rule, reason, SyncJson.writeRow(row), Optional.empty()));
    Mapping mapping = row.get(Table.ID) instanceof Long id ? known.get(new LocalId(id)) : null;
    if (mapping != null && mapping.inForce() && isAnother(row, rule, mapping)) {
      journal.suspend(connection, gateway, table, mapping.local());
      inDoubt.add(mapping.local().value());
    }
  }

  /** Whether what refers to a row would be filed wrongly under what it was. */
  private boolean isAnother(Map<String, @Nullable Object> row, Rule rule, Mapping mapping)
      throws SQLException {
    if (rule == Rule.MEANING_DIFFERS
        || rule == Rule.CLAIMED
        || writer.byId(connection, mapping.central().value()).isEmpty()) {
      return true;
    }
    return changed(row, mapping).stream()
        .anyMatch(
            column ->
                column.references().isPresent()
                    || table.key().contains(column.name())
                    || table.meaning().contains(column.name()));
  }

  private Stored match(Map<String, @Nullable Object> row) throws SQLException, Doubt {
    if (!(row.get(Table.ID) instanceof Long id)) {
      throw new Doubt(Rule.KEY_MISSING, "id is null");
    }
    LocalId local = new LocalId(id);
    Map<Column, @Nullable Object> values = central(row);
    Mapping mapping = known.get(local);
    if (mapping != null) {
      Map<String, @Nullable Object> there = writer.byId(connection, mapping.central().value());
      if (!there.isEmpty()) {
        return update(row, values, mapping, there);
      }
      forget(mapping);
    }
    return table.identity() == Identity.GLOBAL_ID
        ? matchById(row, values, local)
        : matchByKey(row, values, local, "");
  }

  /** The row with central's ids in place of the gateway's, checked for what can't be held. */
  private Map<Column, @Nullable Object> central(Map<String, @Nullable Object> row) throws Doubt {
    Map<Column, @Nullable Object> values = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (!row.containsKey(column.name())) {
        continue;
      }
      Object value = row.get(column.name());
      if (value instanceof String text && text.codePointCount(0, text.length()) > Column.MAX_TEXT) {
        throw new Doubt(
            Rule.VALUE_NOT_HELD,
            "%s has %d characters; central takes %d"
                .formatted(column.name(), text.length(), Column.MAX_TEXT));
      }
      if (value instanceof Double real && !engine.holds(real)) {
        throw new Doubt(
            Rule.VALUE_NOT_HELD,
            "%s is %s, which %s can't hold".formatted(column.name(), real, engine.title()));
      }
      if (value instanceof Instant time && !Sieve.isHeld(time)) {
        throw new Doubt(
            Rule.VALUE_NOT_HELD,
            "%s is %s; central takes the years 1000 to 9999".formatted(column.name(), time));
      }
      if (value != null && column.references().isPresent()) {
        String parent = column.references().get();
        Long mapped = Objects.requireNonNull(parents.get(parent)).get((Long) value);
        if (mapped == null) {
          throw new Doubt(
              Rule.PARENT_MISSING,
              "%s is %s, and %s %s of this gateway has not been taken yet"
                  .formatted(column.name(), value, parent, value));
        }
        value = mapped;
      }
      values.put(column, value);
    }
    return values;
  }

  /** Brings over what the gateway changed since both sides agreed. */
  private Stored update(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      Mapping mapping,
      Map<String, @Nullable Object> there)
      throws SQLException, Doubt {
    refuseOtherMeaning(row, there);
    List<Column> changed = changed(row, mapping);
    if (changed.isEmpty() && mapping.inForce()) {
      return new Stored(0, 0, 1);
    }
    if (table.equals(Tables.NODE)) {
      claims.check(connection, gateway, mapping.local(), values, there);
    }
    Map<Column, @Nullable Object> newKey = newKeys.get(mapping.local());
    if (newKey != null && !keepsItsRow(row, mapping, newKey)) {
      values.putAll(newKey);
      return matchAnew(row, values, mapping);
    }
    Map<Column, @Nullable Object> changes = new LinkedHashMap<>();
    Map<Column, @Nullable Object> wanted = new LinkedHashMap<>();
    changed.forEach(column -> wanted.put(column, values.get(column)));
    if (newKey != null) {
      wanted.putAll(newKey); // all of it: the row may have left its place for another one
    }
    for (Map.Entry<Column, @Nullable Object> each : wanted.entrySet()) {
      if (!Objects.equals(each.getValue(), there.get(each.getKey().name()))) {
        changes.put(each.getKey(), each.getValue());
      }
    }
    if (!changes.isEmpty()) {
      writer.update(connection, mapping.central().value(), changes);
    }
    journal.agree(connection, gateway, table, mapping.local(), SyncJson.writeRow(row));
    matchedAnew |= !mapping.inForce();
    return changes.isEmpty() ? new Stored(0, 0, 1) : new Stored(0, 1, 0);
  }

  /** Whether a row that got another key is still the same row at central, renamed where need be. */
  private boolean keepsItsRow(
      Map<String, @Nullable Object> row, Mapping mapping, Map<Column, @Nullable Object> newKey)
      throws SQLException, Doubt {
    refuseTwins(row);
    CentralId central = mapping.central();
    if (!mapping.local().equals(taken.get(central))) {
      return false;
    }
    List<CentralId> candidates = candidates(newKey);
    if (candidates.contains(central)) {
      return true;
    }
    if (users.hasOthers(connection, gateway, table, central)) {
      return false;
    }
    for (CentralId candidate : candidates) {
      if (!isAboutToBeRenamed(candidate)) {
        return false;
      }
    }
    for (CentralId candidate : candidates) {
      leaveItsPlace(candidate);
    }
    return true;
  }

  private boolean isAboutToBeRenamed(CentralId central) throws SQLException {
    LocalId holder = taken.get(central);
    return holder != null
        && newKeys.containsKey(holder)
        && !done.contains(holder)
        && !users.hasOthers(connection, gateway, table, central);
  }

  // Rows may change places, and two locations can't be at one place for even a moment.
  private void leaveItsPlace(CentralId central) throws SQLException {
    if (table.equals(Tables.LOCATION)) {
      Map<Column, @Nullable Object> nowhere = new LinkedHashMap<>();
      table.keyColumns().forEach(column -> nowhere.put(column, null));
      writer.update(connection, central.value(), nowhere);
    }
  }

  /** The gateway's row has another key, and its row at central isn't its alone: finds its own. */
  private Stored matchAnew(
      Map<String, @Nullable Object> row, Map<Column, @Nullable Object> values, Mapping mapping)
      throws SQLException, Doubt {
    LocalId local = mapping.local();
    boolean wasItsOwn = mapping.inForce() || local.equals(taken.get(mapping.central()));
    forget(mapping);
    Stored result =
        matchByKey(
            row,
            values,
            local,
            "was %s %s until its %s changed; "
                .formatted(table, mapping.central(), String.join(" or ", table.key())));
    moved.add(local.value());
    if (table.equals(Tables.LOCATION) && wasItsOwn) {
      readingsMoved.put(mapping.central(), Objects.requireNonNull(matches.get(local)));
    }
    return result;
  }

  private void forget(Mapping mapping) throws SQLException {
    journal.remove(connection, gateway, table, mapping.local());
    taken.remove(mapping.central(), mapping.local());
  }

  private Stored matchById(
      Map<String, @Nullable Object> row, Map<Column, @Nullable Object> values, LocalId local)
      throws SQLException, Doubt {
    Map<String, @Nullable Object> there = writer.byId(connection, local.value());
    if (there.isEmpty()) {
      return insert(row, values, local, "the id was free at central");
    }
    refuseOtherMeaning(row, there);
    if (table.equals(Tables.NODE)) {
      claims.check(connection, gateway, local, values, there);
    }
    return merge(row, values, local, there, "matched: the same id on both sides");
  }

  private Stored matchByKey(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      String history)
      throws SQLException, Doubt {
    Map<Column, @Nullable Object> key = keyOf(values);
    Optional<Column> nameless = nameless(key);
    if (nameless.isPresent()) {
      return insert(
          row,
          values,
          local,
          history + "without " + nameless.get().name() + " there is nothing to match");
    }
    refuseTwins(row);
    List<CentralId> candidates = candidates(key);
    if (candidates.isEmpty()) {
      return insert(
          row, values, local, history + "none at central with " + shown(row, table.key()));
    }
    if (candidates.size() > 1) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "central has more than one %s with %s: %s"
              .formatted(table, shown(row, table.key()), candidates));
    }
    CentralId central = candidates.get(0);
    LocalId other = taken.get(central);
    if (other != null && isGone(other)) {
      journal.remove(connection, gateway, table, other);
    } else if (other != null && (!newKeys.containsKey(other) || done.contains(other))) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s %s and %s %s of this gateway could both be %s %s at central (%s)"
              .formatted(table, local, table, other, table, central, shown(row, table.key())));
    }
    return merge(
        row,
        values,
        local,
        writer.byId(connection, central.value()),
        "matched: " + history + "the only one at central with " + shown(row, table.key()));
  }

  /** Whether the gateway has deleted a row. If it only comes in another batch, it matches anew. */
  private boolean isGone(LocalId local) {
    return movedParents.isEmpty() && !numbers.containsKey(local);
  }

  private Stored insert(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      String evidence)
      throws SQLException {
    long id = writer.insert(connection, values);
    matched(row, local, new CentralId(id), "created: " + evidence);
    return new Stored(1, 0, 0);
  }

  /** A first match: central keeps what it has, or takes the gateway's word, as the table says. */
  private Stored merge(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      Map<String, @Nullable Object> there,
      String evidence)
      throws SQLException {
    Map<Column, @Nullable Object> changes = new LinkedHashMap<>();
    for (Map.Entry<Column, @Nullable Object> each : values.entrySet()) {
      Object theirs = there.get(each.getKey().name());
      boolean fills = theirs == null || table.authority() == Authority.GATEWAY;
      if (each.getValue() != null && fills && !each.getValue().equals(theirs)) {
        changes.put(each.getKey(), each.getValue());
      }
    }
    CentralId central = new CentralId((Long) Objects.requireNonNull(there.get(Table.ID)));
    if (!changes.isEmpty()) {
      writer.update(connection, central.value(), changes);
    }
    matched(row, local, central, evidence);
    return changes.isEmpty() ? new Stored(0, 0, 1) : new Stored(0, 1, 0);
  }

  private void matched(
      Map<String, @Nullable Object> row, LocalId local, CentralId central, String evidence)
      throws SQLException {
    Mapping mapping = new Mapping(local, central, evidence, SyncJson.writeRow(row), true);
    journal.add(connection, gateway, table, mapping);
    taken.put(central, local);
    matches.put(local, central);
    matchedAnew = true;
  }

  private void refuseOtherMeaning(
      Map<String, @Nullable Object> row, Map<String, @Nullable Object> there) throws Doubt {
    for (String column : table.meaning()) {
      Object ours = there.get(column);
      Object theirs = row.get(column);
      if (ours != null && theirs != null && !ours.equals(theirs)) {
        throw new Doubt(
            Rule.MEANING_DIFFERS,
            "%s %s is (%s) at the gateway and (%s) at central; give one of them another id"
                .formatted(
                    table,
                    row.get(Table.ID),
                    shown(row, table.meaning()),
                    shown(there, table.meaning())));
      }
    }
  }

  private void refuseTwins(Map<String, @Nullable Object> row) throws Doubt {
    List<LocalId> alike = twins.getOrDefault(keyOfTwins(row), List.of());
    if (alike.size() > 1) {
      List<String> names = alike.stream().map(id -> table + " " + id).toList();
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s of this gateway are alike (%s); give each its own"
              .formatted(String.join(" and ", names), shown(row, table.key())));
    }
  }

  /** What the gateway changed in a row since both sides agreed, itself or in what it refers to. */
  private List<Column> changed(Map<String, @Nullable Object> row, Mapping mapping)
      throws SQLException {
    Map<String, @Nullable Object> base = mapping.baseOf(table);
    List<Column> changed = new ArrayList<>();
    for (Column column : table.columns()) {
      if (row.containsKey(column.name())) {
        Object value = row.get(column.name());
        boolean parentMoved =
            value instanceof Long id
                && column
                    .references()
                    .map(movedParents::get)
                    .filter(ids -> ids.contains(id))
                    .isPresent();
        if (parentMoved || !Objects.equals(value, base.get(column.name()))) {
          changed.add(column);
        }
      }
    }
    return changed;
  }

  /** Notes which rows have another key than when both sides agreed, and which are alike. */
  private void noteNewKeys() throws SQLException {
    for (Map.Entry<LocalId, Integer> each : numbers.entrySet()) {
      Map<String, @Nullable Object> row = rows.row(each.getValue());
      Mapping mapping = known.get(each.getKey());
      if (mapping != null) {
        List<Column> changed = changed(row, mapping);
        boolean hasItsRow = each.getKey().equals(taken.get(mapping.central()));
        if (hasItsRow && changed.stream().noneMatch(table.keyColumns()::contains)) {
          continue;
        }
        noteNewKey(each.getKey(), row, mapping, changed);
      }
      twins.computeIfAbsent(keyOfTwins(row), key -> new ArrayList<>()).add(each.getKey());
    }
  }

  private void noteNewKey(
      LocalId local, Map<String, @Nullable Object> row, Mapping mapping, List<Column> changed)
      throws SQLException {
    Map<String, @Nullable Object> there = writer.byId(connection, mapping.central().value());
    if (there.isEmpty()) {
      return;
    }
    try {
      Map<Column, @Nullable Object> key = keyOf(central(row));
      if (local.equals(taken.get(mapping.central()))) {
        key.replaceAll(
            (column, value) -> changed.contains(column) ? value : there.get(column.name()));
      }
      newKeys.put(local, key);
    } catch (Doubt doubt) {
      return; // said when its turn comes
    }
  }

  private Map<Column, @Nullable Object> keyOf(Map<Column, @Nullable Object> values) {
    Map<Column, @Nullable Object> key = new LinkedHashMap<>();
    table.keyColumns().forEach(column -> key.put(column, values.get(column)));
    return key;
  }

  private static Optional<Column> nameless(Map<Column, @Nullable Object> key) {
    return key.keySet().stream()
        .filter(column -> column.references().isEmpty() && key.get(column) == null)
        .findFirst();
  }

  private List<CentralId> candidates(Map<Column, @Nullable Object> key) throws SQLException {
    return nameless(key).isPresent()
        ? List.of()
        : writer.find(connection, key).stream().map(CentralId::new).toList();
  }

  private List<@Nullable Object> keyOfTwins(Map<String, @Nullable Object> row) {
    List<@Nullable Object> key = new ArrayList<>();
    table.key().forEach(column -> key.add(row.get(column)));
    return key;
  }

  private static String nameOf(Map<String, @Nullable Object> row) {
    return String.valueOf(row.get(Table.ID));
  }

  private static String shown(Map<String, @Nullable Object> row, List<String> columns) {
    List<String> shown = new ArrayList<>();
    for (String column : columns) {
      Object value = row.get(column);
      shown.add(column + " " + (value instanceof String text ? '"' + text + '"' : value));
    }
    return String.join(", ", shown);
  }
}
