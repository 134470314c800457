package org.tributary.edge.direct;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.tributary.store.StoreException;
import org.tributary.store.direct.RemoteDatabase;
import org.tributary.store.direct.UnfitException;
import org.tributary.store.ingest.GreetingTrial;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Greeting;

/**
 * What was found when a remote database was looked at, without changing anything in it.
 *
 * @param otherwise what its tables have otherwise, a sentence each
 * @param keepsBooks whether our tables are there already
 * @param lackingRights what whoever signs in may not do and has to
 * @param refusal why a push would be refused by this gateway's name, in the words that it would be
 *     told
 */
public record Inspection(
    List<String> otherwise,
    boolean keepsBooks,
    List<String> lackingRights,
    Optional<String> refusal) {

  public Inspection {
    otherwise = List.copyOf(otherwise);
    lackingRights = List.copyOf(lackingRights);
    requireNonNull(refusal);
  }

  /**
   * Opens the way, signs in and looks.
   *
   * @param createTables whether our tables may be made there
   * @param greeting what a push would say; it is only tried
   */
  public static Inspection of(Reach reach, boolean createTables, Greeting greeting, Clock clock)
      throws IOException, NoWayException, UnfitException {
    try (Reach.Way way = reach.open();
        RemoteDatabase remote = RemoteDatabase.open(way.known(), way.url())) {
      return new Inspection(
          remote.fit().words(),
          remote.keepsBooks(),
          remote.lackingRights(createTables),
          remote.keepsBooks() ? refusal(remote, greeting, clock) : Optional.empty());
    }
  }

  private static Optional<String> refusal(RemoteDatabase remote, Greeting greeting, Clock clock)
      throws StoreException {
    try {
      new GreetingTrial(remote.database(), clock).of(greeting);
      return Optional.empty();
    } catch (RefusedGatewayException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
