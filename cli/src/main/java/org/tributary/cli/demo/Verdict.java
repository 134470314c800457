package org.tributary.cli.demo;

import java.util.List;

/**
 * What came of comparing one series at both ends.
 *
 * @param expected rows that the gateways have
 * @param verified those of them that central has exactly so
 * @param changed those that central has with other values
 * @param missing those that central has not
 * @param extra rows that central has and no gateway
 * @param examples the first few that are not as they should be, in words
 */
public record Verdict(
    long expected, long verified, long changed, long missing, long extra, List<String> examples) {

  public Verdict {
    examples = List.copyOf(examples);
  }

  /** Whether both ends have the same rows. */
  public boolean isSound() {
    return verified == expected && extra == 0;
  }
}
