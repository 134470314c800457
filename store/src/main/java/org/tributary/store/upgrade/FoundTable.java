package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as a database has it, or will have it once the planned statements were run. Names in keys
 * are in lower case. Not thread-safe.
 */
final class FoundTable {

  private final String name;
  private final Map<String, FoundColumn> columns = new LinkedHashMap<>();
  private final Map<String, List<String>> uniques = new LinkedHashMap<>();
  private final Map<String, List<String>> indexes = new LinkedHashMap<>();
  private final List<FoundLink> links = new ArrayList<>();
  private List<String> key = List.of();
  private String keyName = "PRIMARY";
  private boolean transactional = true;
  private @Nullable String oddity;

  FoundTable(String name) {
    this.name = name;
  }

  /** One that can be altered without altering this one. */
  FoundTable copy() {
    FoundTable copy = new FoundTable(name);
    copy.columns.putAll(columns);
    copy.uniques.putAll(uniques);
    copy.indexes.putAll(indexes);
    copy.links.addAll(links);
    copy.key = key;
    copy.keyName = keyName;
    copy.transactional = transactional;
    copy.oddity = oddity;
    return copy;
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static List<String> lower(Collection<String> names) {
    return names.stream().map(FoundTable::lower).toList();
  }

  String name() {
    return name;
  }

  Collection<FoundColumn> columns() {
    return columns.values();
  }

  Optional<FoundColumn> column(String column) {
    return Optional.ofNullable(columns.get(lower(column)));
  }

  boolean has(String column) {
    return columns.containsKey(lower(column));
  }

  void put(FoundColumn column) {
    columns.put(lower(column.name()), column);
  }

  /** Takes a column away, and what it was part of. */
  void drop(String column) {
    String gone = lower(column);
    columns.remove(gone);
    uniques.values().removeIf(of -> of.contains(gone));
    indexes.values().removeIf(of -> of.contains(gone));
    links.removeIf(link -> link.column().equals(gone));
    if (key.contains(gone)) {
      key = List.of();
    }
  }

  List<String> key() {
    return key;
  }

  String keyName() {
    return keyName;
  }

  void setKey(String asNamed, Collection<String> of) {
    keyName = asNamed;
    key = lower(of);
    key.forEach(each -> column(each).ifPresent(column -> put(column.asRequired())));
  }

  Map<String, List<String>> uniques() {
    return uniques;
  }

  Map<String, List<String>> indexes() {
    return indexes;
  }

  List<FoundLink> links() {
    return links;
  }

  /** Whether these columns, in this order, are an index, a key or the beginning of the key. */
  boolean isIndexed(List<String> of) {
    List<String> wanted = lower(of);
    return uniques.containsValue(wanted)
        || indexes.containsValue(wanted)
        || (key.size() >= wanted.size() && key.subList(0, wanted.size()).equals(wanted));
  }

  boolean isUnique(List<String> of) {
    List<String> wanted = lower(of);
    return wanted.equals(key)
        || uniques.values().stream()
            .anyMatch(each -> each.size() == wanted.size() && each.containsAll(wanted));
  }

  boolean hasLink(Link link) {
    return links.stream()
        .anyMatch(
            each ->
                each.column().equals(lower(link.column()))
                    && each.parent().equals(lower(link.parent())));
  }

  /** Whether what a transaction did to it can be taken back. */
  boolean isTransactional() {
    return transactional;
  }

  void setTransactional(boolean value) {
    transactional = value;
  }

  /** What keeps it from being built anew, such as a check that nobody here knows. */
  Optional<String> oddity() {
    return Optional.ofNullable(oddity);
  }

  void setOddity(String what) {
    oddity = what;
  }
}
