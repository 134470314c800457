package org.tributary.testbed.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A folder: its names as everybody sees them, those on the disk, and the changes between. */
final class DiskFolder implements DiskNode {

  private final Map<String, DiskNode> seen = new HashMap<>();
  private final Map<String, DiskNode> kept = new HashMap<>();

  /** Each is done as a whole or not at all: a name and what it stands for, null for nothing. */
  private final List<Map<String, @Nullable DiskNode>> pending = new ArrayList<>();

  @Nullable DiskNode get(String name) {
    return seen.get(name);
  }

  Set<String> names() {
    return new TreeSet<>(seen.keySet());
  }

  void put(String name, DiskNode node) {
    change(Map.of(name, node));
  }

  void remove(String name) {
    Map<String, @Nullable DiskNode> change = new HashMap<>();
    change.put(name, null);
    change(change);
  }

  /** Gives what has a name another one, in place of whatever has that. */
  void rename(String from, String to, DiskNode node) {
    Map<String, @Nullable DiskNode> change = new LinkedHashMap<>();
    change.put(from, null);
    change.put(to, node);
    change(change);
  }

  void force() {
    pending.forEach(change -> apply(change, kept));
    pending.clear();
  }

  /** A journal is written in order: of the changes the first are left. */
  @Override
  public void crash(Random random) {
    int left = random.nextInt(pending.size() + 1);
    pending.subList(0, left).forEach(change -> apply(change, kept));
    pending.clear();
    seen.clear();
    seen.putAll(kept);
    seen.values().forEach(node -> node.crash(random));
  }

  private void change(Map<String, @Nullable DiskNode> change) {
    apply(change, seen);
    pending.add(change);
  }

  private static void apply(Map<String, @Nullable DiskNode> change, Map<String, DiskNode> names) {
    change.forEach(
        (name, node) -> {
          if (node == null) {
            names.remove(name);
          } else {
            names.put(name, node);
          }
        });
  }
}
