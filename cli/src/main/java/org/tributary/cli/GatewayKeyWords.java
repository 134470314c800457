package org.tributary.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tributary.store.access.Key;
import org.tributary.store.access.OpenCode;
import org.tributary.store.access.Role;

/** What gateways sign in with, in words: the keys that hold, else the last one, and open codes. */
final class GatewayKeyWords {

  private final List<Key> keys;
  private final List<OpenCode> codes;
  private final Instant now;
  private final Set<String> others = new TreeSet<>();

  GatewayKeyWords(List<Key> keys, List<OpenCode> codes, Instant now) {
    this.keys = keys.stream().filter(key -> key.role() == Role.GATEWAY).toList();
    this.codes = codes;
    this.now = now;
    this.keys.forEach(key -> others.add(key.holder()));
    codes.forEach(code -> others.add(code.gateway()));
  }

  /** Those that were not asked for yet. */
  List<String> others() {
    return List.copyOf(others);
  }

  /** The lines of one gateway. */
  List<String> of(String gateway) {
    others.remove(gateway);
    List<String> lines = new ArrayList<>();
    List<Key> its = keys.stream().filter(key -> key.holder().equals(gateway)).toList();
    List<Key> inForce = its.stream().filter(key -> key.isInForce(now)).toList();
    if (inForce.isEmpty() && its.isEmpty()) {
      lines.add("  no key");
    }
    List<Key> shown = inForce.isEmpty() && !its.isEmpty() ? List.of(last(its)) : inForce;
    for (Key key : shown) {
      lines.add(
          "  key %s, since %s, %s"
              .formatted(key.id(), Answers.age(key.created(), now), KeyWords.state(key, now)));
    }
    codes.stream()
        .filter(code -> code.gateway().equals(gateway))
        .forEach(
            code ->
                lines.add(
                    "  a code until %s, given out by %s"
                        .formatted(Answers.time(code.expires()), Answers.plain(code.createdBy()))));
    return lines;
  }

  private static Key last(List<Key> keys) {
    return keys.get(keys.size() - 1);
  }
}
