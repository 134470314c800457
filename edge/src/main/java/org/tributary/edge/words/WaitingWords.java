package org.tributary.edge.words;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.Waiting;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;

/**
 * What waits here for one remote, and how far behind that is.
 *
 * @param now when it is told
 */
public record WaitingWords(RemoteStatus remote, Instant now) {

  /** The tables of which something waits, parents first. */
  public List<Waiting> tables() {
    return remote.waiting().stream().filter(table -> table.rows() > 0).toList();
  }

  /** What waits of one table. */
  public static String of(Waiting waiting) {
    StringBuilder words = new StringBuilder("%12s".formatted(Counted.rows(waiting.rows())));
    if (!waiting.table().isSeries()) {
      words.append(", the whole table");
    } else {
      words.append(waiting.after().map(key -> " after " + key).orElse(" from its beginning"));
    }
    if (waiting.future() > 0) {
      words.append(
          "; %,d of them stamped in the future, to be set aside".formatted(waiting.future()));
    }
    if (waiting.ahead() > 0) {
      words.append(
          "; %,d of them stamped ahead of the clock, held back".formatted(waiting.ahead()));
    }
    return words.toString();
  }

  /** When the oldest row was taken that waits; empty if none does. */
  public Optional<String> oldest() {
    return remote.oldestWaiting().map(time -> TimeWords.age(time, now));
  }

  /** When all will probably be there; empty if no push has told. */
  public Optional<String> timeLeft() {
    return remote
        .timeLeft()
        .map(
            range ->
                "%s to %s at the pace of the last pushes, once central can be reached"
                    .formatted(
                        DurationWords.brief(range.shortest()),
                        DurationWords.brief(range.longest())));
  }

  /** Rows of before that are not the same at central; empty if none are known. */
  public Optional<String> differing() {
    return remote.differing() == 0
        ? Optional.empty()
        : Optional.of(
            "at least %s of before %s missing at central, or others there, when both ends were"
                    .formatted(
                        Counted.rows(remote.differing()), remote.differing() == 1 ? "was" : "were")
                + " compared last; pushes mend them, and verify --repair mends all at once");
  }
}
