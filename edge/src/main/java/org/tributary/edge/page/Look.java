package org.tributary.edge.page;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.RunningPush;
import org.tributary.edge.Standing;
import org.tributary.edge.words.StandingWords;

/**
 * All that the page shows, as it was at one time.
 *
 * @param gateway by which name central knows this gateway
 * @param at when it was looked at
 * @param since when the push began to work
 * @param sweep within which time all of the past is compared once
 * @param remotes those that are switched on
 * @param sensors which nodes were heard
 * @param sensorsUnknown why that can't be told, if it can't
 * @param checkup what the doctor found last
 */
record Look(
    String gateway,
    String version,
    Instant at,
    Instant since,
    Duration sweep,
    List<RunningPush.Remote> remotes,
    NodesHeard.Hearing sensors,
    Optional<String> sensorsUnknown,
    Optional<Checkup> checkup) {

  Look {
    requireNonNull(gateway);
    requireNonNull(version);
    requireNonNull(at);
    requireNonNull(since);
    requireNonNull(sweep);
    remotes = List.copyOf(remotes);
    requireNonNull(sensors);
    requireNonNull(sensorsUnknown);
    requireNonNull(checkup);
  }

  /** The remote with which things stand worst: the page's first word is its. */
  RunningPush.Remote worst() {
    return remotes.stream()
        .max(Comparator.comparing(remote -> severity(remote.status().standing())))
        .orElseThrow();
  }

  private static int severity(Standing standing) {
    return switch (standing) {
      case ALL_SENT -> 0;
      case WAITING -> 1;
      case SENDING -> 2;
      case ASKING -> 3;
      case WAITING_FOR_NETWORK -> 4;
      case ACTION_NEEDED -> 5;
    };
  }

  StandingWords words(RunningPush.Remote remote) {
    return new StandingWords(remote.status(), at);
  }
}
