package org.tributary.edge.words;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.edge.Rates;
import org.tributary.edge.RemoteStatus;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;

/**
 * How a gateway stands with one remote: the word that comes first, with its figure, and a sentence
 * that says why.
 *
 * @param now when the remote stood so
 */
public record StandingWords(RemoteStatus remote, Instant now) {

  /** {@code ALL SENT}, {@code SENDING, 14 min left}, {@code ACTION NEEDED} … */
  public String headline() {
    String word = remote.standing().words();
    Optional<String> figure = figure();
    return figure.isEmpty() ? word : word + ", " + figure.get();
  }

  /** What stands beside the word; empty if nothing does. */
  public Optional<String> figure() {
    return switch (remote.standing()) {
      case ALL_SENT, ACTION_NEEDED -> Optional.empty();
      case SENDING ->
          remote
              .timeLeft()
              .map(left -> DurationWords.brief(left.longest()) + " left")
              .or(() -> safe().map(rows -> rows + " left"));
      case ASKING, WAITING, WAITING_FOR_NETWORK -> safe().map(rows -> rows + " safe here");
    };
  }

  private Optional<String> safe() {
    if (remote.rowsWaiting() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        remote.readingsWaiting() > 0
            ? Counted.of(remote.readingsWaiting(), "reading")
            : Counted.rows(remote.rowsWaiting()));
  }

  /** Why, in a sentence. */
  public String sentence() {
    return switch (remote.standing()) {
      case ALL_SENT ->
          remote.isUpToItsLastPush()
              ? "everything is at central up to the last push%s; the %s since then go with the next%s."
                  .formatted(
                      remote
                          .work()
                          .flatMap(RemoteStatus.Work::delivered)
                          .map(time -> ", " + TimeWords.ago(time, now))
                          .orElse(""),
                      Counted.rows(remote.rowsWaiting()),
                      next())
              : "nothing waits here, and central keeps nothing apart.";
      case ASKING ->
          "this push has just begun, and central has not answered it yet; %s."
              .formatted(
                  remote
                      .lastContact()
                      .map(time -> "an earlier one reached it " + TimeWords.ago(time, now))
                      .orElse("none has reached it before"));
      case SENDING, WAITING ->
          remote.rowsWaiting() == 0
              ? "at least %s of before differ at central; pushes mend them."
                  .formatted(Counted.rows(remote.differing()))
              : remote.lastContact().isEmpty()
                  ? (remote.work().isPresent()
                      ? "this gateway's first push sends them."
                      : "central does not know this gateway yet; the first push sends them.")
                  : whenSent();
      case WAITING_FOR_NETWORK ->
          "%s%s: %s"
              .formatted(
                  remote
                      .lastContact()
                      .map(
                          time ->
                              "no contact for " + DurationWords.brief(Duration.between(time, now)))
                      .orElse("no contact so far"),
                  remote.rowsWaiting() == 0
                      ? ", and nothing waits here, as far as the last push knew"
                      : "",
                  Failure.words(remote.failure()));
      case ACTION_NEEDED -> actionNeeded();
    };
  }

  private String next() {
    return remote
        .work()
        .flatMap(RemoteStatus.Work::next)
        .filter(time -> time.isAfter(now))
        .map(time -> ", in " + DurationWords.brief(Duration.between(now, time)))
        .orElse("");
  }

  private String whenSent() {
    String what =
        remote.work().filter(work -> work.next().isEmpty()).isPresent()
            ? "the push that is at work sends %s."
            : "the next push%s sends %%s.".formatted(next());
    if (remote.rowsAhead() == 0) {
      return what.formatted("them") + range();
    }
    String late = "stamped ahead of this machine's clock, and sent once it is that late.";
    return remote.rowsAhead() == remote.rowsWaiting()
        ? late
        : what.formatted("them, but for " + Counted.rows(remote.rowsAhead()) + " " + late)
            .replaceFirst("\\.\\.$", ".");
  }

  private String range() {
    Optional<Rates.Range> left = remote.timeLeft().filter(any -> remote.work().isPresent());
    return left.map(range -> " At the pace of the last pushes that takes " + words(range) + ".")
        .orElse("");
  }

  /** {@code 5 min to 14 min}. */
  static String words(Rates.Range range) {
    String shortest = DurationWords.brief(range.shortest());
    String longest = DurationWords.brief(range.longest());
    return shortest.equals(longest) ? longest : shortest + " to " + longest;
  }

  /** What a person has to look at. */
  public String actionNeeded() {
    if (remote.localFailure().isPresent()) {
      return Failure.words(remote.localFailure());
    }
    if (remote.failure().isPresent()) {
      return Failure.words(remote.failure());
    }
    if (remote.lastRefused()) {
      return "central refused what the last push brought; the reason stands below. Once that is"
          + " mended the next push goes on.";
    }
    if (remote.rowsTimeless() > 0) {
      return "%s here %s no time: the logger has to give them one, or they can be deleted."
          .formatted(
              Counted.rows(remote.rowsTimeless()), remote.rowsTimeless() == 1 ? "has" : "have");
    }
    return apart("central keeps")
        + ApartWords.ofMost(remote.setAsideByRule())
            .map(why -> ": " + why)
            .orElse("; tributary status says why.");
  }

  /**
   * How many rows are kept apart. A remote that keeps nothing apart itself has it kept here.
   *
   * @param central the words that begin it where central does
   */
  public String apart(String central) {
    String rows = Counted.rows(remote.setAside());
    return remote.caveat().isPresent()
        ? rows + " can't go there as they are, and are kept apart"
        : "%s %s apart".formatted(central, rows);
  }
}
