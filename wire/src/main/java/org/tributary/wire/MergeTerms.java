package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a gateway wants done with changes of metadata that were made at both ends.
 *
 * @param takes whether it takes central's changes into its own database
 * @param mirrors whether what is removed at one end is to be removed at the other
 * @param rule for fields that were changed differently at both ends
 * @param byTable tables with a rule of their own, by name
 */
public record MergeTerms(
    boolean takes, boolean mirrors, MergeRule rule, Map<String, MergeRule> byTable) {

  /** Of a gateway that only sends, and keeps what is there. */
  public static final MergeTerms ONE_WAY =
      new MergeTerms(false, false, MergeRule.CENTRAL, Map.of());

  public MergeTerms {
    requireNonNull(rule);
    byTable = Map.copyOf(byTable);
    byTable
        .keySet()
        .forEach(
            name -> {
              if (Tables.named(name).filter(Table::hasId).isEmpty()) {
                throw new IllegalArgumentException(
                    "\"%s\" is no table of metadata; expected House or Sensor, for example"
                        .formatted(name));
              }
            });
  }

  /** The rule for a table. */
  public MergeRule rule(Table table) {
    return byTable.getOrDefault(table.name(), rule);
  }

  /** The rule that was given for this very table, if one was. */
  public Optional<MergeRule> ownRule(Table table) {
    return Optional.ofNullable(byTable.get(table.name()));
  }

  /** The rules as a configuration has them: {@code central Sensor:local}. */
  public String rules() {
    StringBuilder text = new StringBuilder(rule.word());
    new TreeMap<>(byTable)
        .forEach((table, its) -> text.append(' ').append(table).append(':').append(its.word()));
    return text.toString();
  }

  /**
   * With the rules that a text says, the first for all tables that are not named.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static MergeTerms of(boolean takes, boolean mirrors, String rules) {
    MergeRule all = MergeRule.CENTRAL;
    Map<String, MergeRule> byTable = new TreeMap<>();
    for (String part : rules.strip().split("[,\\s]+", -1)) {
      String[] words = part.split(":", -1);
      MergeRule rule =
          MergeRule.of(words[words.length - 1])
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "\"%s\" is no rule; expected central, local or newest, and tables with another one as in Sensor:local"
                              .formatted(part)));
      if (words.length == 1) {
        all = rule;
      } else if (words.length == 2) {
        byTable.put(words[0], rule);
      } else {
        throw new IllegalArgumentException("\"%s\" is no table and rule".formatted(part));
      }
    }
    return new MergeTerms(takes, mirrors, all, byTable);
  }
}
