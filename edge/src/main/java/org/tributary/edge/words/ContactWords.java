package org.tributary.edge.words;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.edge.RemoteStatus;
import org.tributary.store.DurationWords;

/**
 * What is known of the last contact with one remote.
 *
 * @param now when it is told
 */
public record ContactWords(RemoteStatus remote, Instant now) {

  private static final Duration AGREEING = Duration.ofSeconds(2);

  /** When a push last reached central. */
  public String lastContact() {
    return remote
        .lastContact()
        .map(time -> TimeWords.age(time, now) + source())
        .orElseGet(() -> noneYet("never, says central"));
  }

  /** How new the newest reading is that central has. */
  public String lastSample() {
    return remote
        .lastSample()
        .map(time -> TimeWords.age(time, now) + source())
        .orElseGet(() -> noneYet("none yet, says central"));
  }

  /** A push at work may not have asked yet. */
  private String noneYet(String whereCentralSaysSo) {
    if (remote.failure().isPresent()) {
      return "not known";
    }
    return remote.work().isPresent() ? "not yet" : whereCentralSaysSo;
  }

  /** How far this machine's clock is from central's; empty if that is not known. */
  public Optional<String> clock() {
    return remote.clockOffset().map(ContactWords::clock);
  }

  private static String clock(Duration ahead) {
    if (ahead.abs().compareTo(AGREEING) < 0) {
      return "agreed with central's at the last contact";
    }
    return "%s %s central's at the last contact"
        .formatted(DurationWords.brief(ahead), ahead.isNegative() ? "behind" : "ahead of");
  }

  /** Why the last push broke off or was refused, if that is not what the first sentence says. */
  public Optional<String> lastProblem() {
    return remote
        .lastProblem()
        .filter(problem -> !problem.equals(Failure.words(remote.failure())))
        .map(problem -> (remote.lastRefused() ? "" : "broke off: ") + problem);
  }

  /** Where what is told comes from, if not from central just now. */
  public String source() {
    return remote.failure().isEmpty() ? "" : " (as the last push noted)";
  }
}
