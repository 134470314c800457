package org.tributary.edge.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * The configuration can't be used, with every reason at once, so that one round of mending is
 * enough.
 */
public final class ConfigException extends Exception {
  private final transient List<Problem> problems; // a path does not serialise, the message does

  ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** In the order of the lines; those of the whole file and of the environment come first. */
  public List<Problem> problems() {
    return problems;
  }
}
