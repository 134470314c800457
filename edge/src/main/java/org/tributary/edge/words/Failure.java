package org.tributary.edge.words;

import java.util.Optional;

/** What went wrong, as whoever found it said. */
public final class Failure {

  private Failure() {}

  /** Nothing, if nothing did. */
  public static String words(Optional<? extends Exception> failure) {
    return failure.map(each -> String.valueOf(each.getMessage())).orElse("");
  }
}
