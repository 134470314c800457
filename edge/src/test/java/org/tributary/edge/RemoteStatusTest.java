package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tributary.edge.RemoteStatus.Work;
import org.tributary.edge.http.NotLetInException;
import org.tributary.edge.words.StandingWords;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Which word says how a gateway stands. */
class RemoteStatusTest {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant DELIVERED = NOW.minusSeconds(300);
  static final Work WORK =
      new Work(true, Optional.of(DELIVERED), Optional.of(NOW.plusSeconds(240)));

  @Test
  void standing_whereNoPushIsAtWork_isWaitingForOne() {
    RemoteStatus status = status(Optional.empty(), Optional.empty(), since(60, 24));

    assertThat(headline(status)).isEqualTo("WAITING, 24 readings safe here");
  }

  @Test
  void standing_withOnlyWhatCameSinceTheLastPush_isAllSentAndCountsThat() {
    RemoteStatus status = status(Optional.empty(), Optional.of(WORK), since(300, 24));

    assertThat(headline(status)).isEqualTo("ALL SENT");
    assertThat(new StandingWords(status, NOW).sentence())
        .isEqualTo(
            "everything is at central up to the last push, 5 min ago; the 24 rows since then go"
                + " with the next, in 4 min.");
  }

  @Test
  void standing_withARowFromBeforeTheLastPush_isSending() {
    assertThat(headline(status(Optional.empty(), Optional.of(WORK), since(301, 24))))
        .isEqualTo("SENDING, 24 readings left");
  }

  @Test
  void standing_withAChangedTable_isSending() {
    assertThat(headline(status(Optional.empty(), Optional.of(WORK), whole(Tables.ROOM, 4))))
        .isEqualTo("SENDING, 4 rows left");
  }

  @Test
  void standing_beforeCentralHasAnsweredThisPush_isAskingWhateverAnEarlierOneKnew() {
    Work begun = new Work(false, Optional.of(DELIVERED), Optional.empty());
    RemoteStatus fresh = status(Optional.empty(), Optional.of(begun), since(60, 24));

    assertThat(headline(fresh)).isEqualTo("ASKING CENTRAL, 24 readings safe here");
    assertThat(new StandingWords(fresh, NOW).sentence())
        .isEqualTo(
            "this push has just begun, and central has not answered it yet; an earlier one reached"
                + " it 5 min ago.");
    assertThat(headline(status(Optional.empty(), Optional.of(begun), since(0, 0))))
        .isEqualTo("ASKING CENTRAL");
  }

  @Test
  void standing_whenPushesAreOverdue_isSending() {
    Work overdue = new Work(true, Optional.empty(), Optional.empty());

    assertThat(headline(status(Optional.empty(), Optional.of(overdue), since(60, 24))))
        .isEqualTo("SENDING, 24 readings left");
  }

  @Test
  void standing_whoIsNotLetInNeedsAPerson_andWhoIsNotAnsweredTheNetwork() {
    Exception refused = new NotLetInException("no such key");
    Exception silent = new IOException("nothing answers there");

    assertThat(headline(status(Optional.of(refused), Optional.of(WORK), since(60, 24))))
        .isEqualTo("ACTION NEEDED");
    assertThat(headline(status(Optional.of(silent), Optional.of(WORK), since(60, 1))))
        .isEqualTo("WAITING FOR NETWORK, 1 reading safe here");
  }

  private static String headline(RemoteStatus status) {
    return new StandingWords(status, NOW).headline();
  }

  private static Waiting since(int seconds, long rows) {
    Instant oldest = NOW.minusSeconds(seconds);
    return new Waiting(Tables.READING, Optional.empty(), rows, 0, 0, Optional.of(oldest), 0);
  }

  private static Waiting whole(Table table, long rows) {
    return new Waiting(table, Optional.empty(), rows, 0, 0, Optional.empty(), 0);
  }

  private static RemoteStatus status(
      Optional<Exception> failure, Optional<Work> work, Waiting waiting) {
    return new RemoteStatus(
        "central",
        "http://central.example/",
        failure,
        Optional.empty(),
        Optional.of(DELIVERED),
        Optional.empty(),
        List.of(waiting),
        0,
        Map.of(),
        List.of(),
        Optional.empty(),
        0,
        0,
        0,
        false,
        Rates.NONE,
        Optional.empty(),
        false,
        Optional.empty(),
        work);
  }
}
