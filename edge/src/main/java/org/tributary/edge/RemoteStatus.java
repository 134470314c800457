package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.edge.http.InsecureException;
import org.tributary.edge.http.NotLetInException;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Tables;

/**
 * How a gateway stands with one remote: what central says, or, where it does not answer, what the
 * last push has written down.
 *
 * @param address for people
 * @param failure why central did not answer just now: an {@link java.io.IOException}, or a {@link
 *     RefusedException} where it said no
 * @param localFailure why the local database could not be read
 * @param lastContact when a push last reached central; empty if none ever did
 * @param lastSample the time of the newest reading that central has taken
 * @param waiting every table, parents first; empty if the local database could not be read
 * @param setAside how many rows of this gateway are kept apart: by central, or here if it can't
 * @param setAsideByRule the same by the rule; empty if central does not answer
 * @param firstSetAside the first of them; empty if central does not answer
 * @param clockOffset how far this machine's clock was ahead of central's at the last contact
 * @param differing rows of before that were missing at central, or others there, when both ends
 *     were compared last
 * @param kept rows that central keeps although they are not here any more
 * @param untaken cells of metadata that were edited at central and are otherwise here
 * @param takes whether pushes take such edits
 * @param rates how fast the last pushes were
 * @param lastProblem why the last push broke off or was refused, if it was
 * @param lastRefused whether central said no to the last push
 * @param caveat what the way to central can't promise, if there is something
 * @param work what a push that is at work has come to; empty if none is
 */
public record RemoteStatus(
    String name,
    String address,
    Optional<Exception> failure,
    Optional<LocalDatabaseException> localFailure,
    Optional<Instant> lastContact,
    Optional<Instant> lastSample,
    List<Waiting> waiting,
    long setAside,
    Map<Rule, Long> setAsideByRule,
    List<SetAside> firstSetAside,
    Optional<Duration> clockOffset,
    long differing,
    long kept,
    long untaken,
    boolean takes,
    Rates rates,
    Optional<String> lastProblem,
    boolean lastRefused,
    Optional<String> caveat,
    Optional<Work> work) {

  public RemoteStatus {
    requireNonNull(name);
    requireNonNull(address);
    requireNonNull(failure);
    requireNonNull(localFailure);
    requireNonNull(lastContact);
    requireNonNull(lastSample);
    waiting = List.copyOf(waiting);
    setAsideByRule = Map.copyOf(setAsideByRule);
    firstSetAside = List.copyOf(firstSetAside);
    requireNonNull(clockOffset);
    requireNonNull(rates);
    requireNonNull(lastProblem);
    requireNonNull(caveat);
    requireNonNull(work);
  }

  /**
   * A push at work.
   *
   * @param isAnswered whether central answered it, or could not be reached, since it began
   * @param delivered when its last cycle began that left nothing behind; empty if that is long ago
   * @param next when it sends next; empty if it is sending just now, or that is not known
   */
  public record Work(boolean isAnswered, Optional<Instant> delivered, Optional<Instant> next) {
    public Work {
      requireNonNull(delivered);
      requireNonNull(next);
    }
  }

  public Standing standing() {
    if (localFailure.isPresent() || failure.filter(RemoteStatus::needsAPerson).isPresent()) {
      return Standing.ACTION_NEEDED;
    }
    if (failure.isPresent()) {
      return Standing.WAITING_FOR_NETWORK;
    }
    if (lastRefused || setAside > 0 || rowsTimeless() > 0) {
      return Standing.ACTION_NEEDED;
    }
    if (work.filter(any -> !any.isAnswered()).isPresent()) {
      return Standing.ASKING;
    }
    if ((rowsWaiting() == 0 && differing == 0) || isUpToItsLastPush()) {
      return Standing.ALL_SENT;
    }
    return work.isPresent() ? Standing.SENDING : Standing.WAITING;
  }

  /** Whether no later try mends a failure as long as nobody acts. */
  private static boolean needsAPerson(Exception failure) {
    return failure instanceof RefusedException
        || failure instanceof NotLetInException
        || failure instanceof InsecureException;
  }

  /** Whether nothing waits but what was logged since a push at work has last left nothing. */
  public boolean isUpToItsLastPush() {
    Optional<Instant> delivered = work.flatMap(Work::delivered);
    return differing == 0
        && rowsWaiting() > 0
        && delivered.isPresent()
        && waiting.stream()
            .filter(table -> table.rows() > 0)
            .allMatch(
                table ->
                    table.oldest().filter(time -> !time.isBefore(delivered.get())).isPresent());
  }

  /** Readings among the rows that the next pushes would send. */
  public long readingsWaiting() {
    return waiting.stream()
        .filter(each -> each.table().equals(Tables.READING))
        .mapToLong(Waiting::rows)
        .sum();
  }

  /** Rows here that have no time, of all series. */
  public long rowsTimeless() {
    return waiting.stream().mapToLong(Waiting::timeless).sum();
  }

  /** When the oldest row was taken that waits; empty if none with a time does. */
  public Optional<Instant> oldestWaiting() {
    return waiting.stream().flatMap(each -> each.oldest().stream()).min(Instant::compareTo);
  }

  /** Between which times all that waits will probably be sent; empty if no push has told yet. */
  public Optional<Rates.Range> timeLeft() {
    return rowsWaiting() == 0 ? Optional.empty() : rates.timeFor(rowsWaiting());
  }

  /** Rows among those that pushes hold back, because this machine's clock is not there yet. */
  public long rowsAhead() {
    return waiting.stream().mapToLong(Waiting::ahead).sum();
  }

  /** Rows that the next pushes would send, of all tables. */
  public long rowsWaiting() {
    return waiting.stream().mapToLong(Waiting::rows).sum();
  }
}
