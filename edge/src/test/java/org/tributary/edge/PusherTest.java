package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.edge.SettableClock.NOON;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Tables;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PusherTest {

  static final BooleanSupplier NEVER = () -> false;
  static final Instant MORNING = NOON.minus(Duration.ofHours(6));

  final SettableClock clock = new SettableClock();
  final InMemorySource source = new InMemorySource();
  final FakeCentral central = new FakeCentral(clock);
  final RecordingListener heard = new RecordingListener();
  final ExecutorService senders = Executors.newFixedThreadPool(Pipeline.DEPTH);

  @AfterEach
  void endSenders() {
    senders.shutdownNow();
  }

  @Test
  void pushAll_sendsEveryRowInBatchesUpToTheLimit() throws Exception {
    readings(0, 7);

    PushResult result = pusher(3).pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    assertThat(central.batchSizes(Tables.READING)).containsExactlyInAnyOrder(3, 3, 1);
    assertThat(result.inserted()).isEqualTo(7);
    assertThat(result.allDelivered()).isTrue();
  }

  @Test
  void pushAll_whenCentralTakesFewerRowsThanConfigured_sendsNoMoreThanThat() throws Exception {
    readings(0, 5);
    central.takeAtMost(2);

    pusher(100).pushAll(NEVER);

    assertThat(central.batchSizes(Tables.READING)).containsExactlyInAnyOrder(2, 2, 1);
  }

  @Test
  void pushAll_whenNothingIsNew_sendsNothing() throws Exception {
    readings(0, 5);
    Pusher pusher = pusher(100);
    pusher.pushAll(NEVER);
    central.forgetBatches();

    PushResult result = pusher.pushAll(NEVER);

    assertThat(central.tablesThatArrived()).isEmpty();
    assertThat(central.statusRequests()).isZero();
    assertThat(result.sent()).isZero();
  }

  /** F25: ids of a new database stand for other rows than those of the old one. */
  @Test
  void pushAll_whenAnotherDatabaseStandsInItsPlace_isRefused() throws Exception {
    house("1 High Street");
    readings(0, 5);
    pusher(100).pushAll(NEVER);
    source.clear(Tables.READING);
    house("7 New Road");
    source.reading(MORNING.plusSeconds(99), 1, 1.0);

    assertThatThrownBy(() -> pusher(100).pushAll(NEVER))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("gateway = house-17");
    assertThat(values()).hasSize(5);
  }

  @Test
  void pushAll_whenAHouseIsRenamed_sendsItsNewName() throws Exception {
    house("1 High Street");
    readings(0, 5);
    pusher(100).pushAll(NEVER);
    house("7 New Road");

    pusher(100).pushAll(NEVER);

    assertThat(central.tablesThatArrived()).contains(Tables.HOUSE);
  }

  @Test
  void pushAll_whenOldReadingsHaveBeenRemoved_goesOn() throws Exception {
    house("1 High Street");
    readings(0, 5);
    pusher(100).pushAll(NEVER);
    source.clear(Tables.READING);
    source.reading(MORNING.plusSeconds(99), 1, 99.0);

    pusher(100).pushAll(NEVER);

    assertThat(values()).contains(99.0);
  }

  @Test
  void pushAll_whenMemoryDoesNotDo_takesFewerRowsNextTime() throws Exception {
    readings(0, 50);
    Pusher pusher = pusher(40);
    source.onPage(
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });

    assertThatThrownBy(() -> pusher.pushAll(NEVER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not enough memory for 40 rows");

    source.onPage(() -> {});
    pusher.pushAll(NEVER);
    assertThat(values()).hasSize(50);
    assertThat(central.batchSizes(Tables.READING)).allMatch(size -> size <= 20);
  }

  @Test
  void pushAll_afterALostAnswer_storesEveryRowOnce() throws Exception {
    pusher(100).pushAll(NEVER); // metadata is through
    readings(0, 5);
    central.loseNextAnswer();
    Pusher pusher = pusher(2);

    assertThatThrownBy(() -> pusher.pushAll(NEVER)).isInstanceOf(IOException.class);
    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void pushAll_afterALostRequest_sendsItAgain() throws Exception {
    pusher(100).pushAll(NEVER);
    readings(0, 5);
    central.loseNextRequest();
    Pusher pusher = pusher(2);

    assertThatThrownBy(() -> pusher.pushAll(NEVER)).isInstanceOf(IOException.class);
    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(livePosition()).contains(Position.of(MORNING.plusSeconds(4), 1L, 0L));
  }

  /** F1: the original lost six of forty. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 10})
  void pushAll_whenABatchEndsAmongEqualTimes_losesNone(int limit) throws Exception {
    for (int instant = 0; instant < 10; instant++) {
      for (int type = 0; type < 4; type++) {
        source.reading(MORNING.plusSeconds(instant), 1, type, instant * 4 + type);
      }
    }

    pusher(limit).pushAll(NEVER);

    assertThat(values()).hasSize(40).doesNotHaveDuplicates();
  }

  /** F1: of 25 types at one instant the original sent ten. */
  @Test
  void pushAll_whenOneInstantIsLargerThanABatch_losesNone() throws Exception {
    for (int type = 0; type < 25; type++) {
      source.reading(MORNING, 1, type, type);
    }

    pusher(10).pushAll(NEVER);

    assertThat(values()).hasSize(25);
  }

  /** F3: the original never sent what came within a second of the last row sent. */
  @Test
  void pushAll_whenARowComesWithTheTimeOfTheLastOneSent_sendsIt() throws Exception {
    source.reading(MORNING, 1, 1.0);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);

    source.reading(MORNING, 2, 2.0);
    source.reading(MORNING.plusMillis(1), 1, 3.0);
    pusher.pushAll(NEVER);

    assertThat(values()).containsExactlyInAnyOrder(1.0, 2.0, 3.0);
  }

  /** F6, F7: the original lost states between pages, and those of nodes that measured nothing. */
  @Test
  void pushAll_sendsStatesOfNodesWithoutReadings() throws Exception {
    for (int sample = 0; sample < 50; sample++) {
      source.nodeState(MORNING.plusSeconds(sample), 1, sample);
      source.nodeState(MORNING.plusSeconds(sample), 2, sample);
    }

    pusher(10).pushAll(NEVER);

    assertThat(central.count(Tables.NODE_STATE)).isEqualTo(100);
  }

  @Test
  void pushAll_whenCentralSetsARowAside_stillPushesItsNeighboursAndSaysWhy() throws Exception {
    readings(0, 3);
    central.cannotStore(MORNING.plusSeconds(1), 1L, 0L);

    PushResult result = pusher(10).pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 2.0);
    assertThat(heard.setAside)
        .containsExactly(
            new SetAside(
                "Reading",
                Position.of(MORNING.plusSeconds(1), 1L, 0L).toString(),
                Rule.DATABASE,
                "refused by the database"));
    assertThat(result.setAside()).isEqualTo(1);
    assertThat(result.allDelivered()).isFalse();
  }

  @Test
  void pushAll_whenRowsWereSetAsideEarlier_stillSaysSo() throws Exception {
    readings(0, 3);
    central.cannotStore(MORNING.plusSeconds(1), 1L, 0L);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);

    PushResult later = pusher.pushAll(NEVER);

    assertThat(later.sent()).isZero();
    assertThat(later.setAside()).isEqualTo(1);
  }

  @Test
  void pushAll_whenATableIsRefused_pushesTheOthersAndSaysWhich() throws Exception {
    readings(0, 3);
    source.nodeState(MORNING, 1, 1);
    central.refuse(Tables.NODE_STATE);
    central.refuse(Tables.ROOM);

    PushResult result = pusher(10).pushAll(NEVER);

    assertThat(values()).hasSize(3);
    assertThat(result.refused())
        .containsExactly("Room: no Room today", "NodeState: no NodeState today");
    assertThat(heard.refused).isEqualTo(result.refused());
    assertThat(result.allDelivered()).isFalse();
  }

  @Test
  void pushAll_whenARefusedTableIsAcceptedAgain_sendsAllOfIt() throws Exception {
    source.nodeState(MORNING, 1, 1);
    central.refuse(Tables.NODE_STATE);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);
    central.acceptAgain(Tables.NODE_STATE);

    pusher.pushAll(NEVER);

    assertThat(central.count(Tables.NODE_STATE)).isEqualTo(1);
  }

  @Test
  void pushAll_sendsTablesThatTravelWholeOnlyWhenTheyHaveChanged() throws Exception {
    source.put(Tables.ROOM_TYPE, 1L, "Bedroom");
    source.put(Tables.NODE, 37L, null, null);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);
    central.forgetBatches();

    pusher.pushAll(NEVER);
    assertThat(central.tablesThatArrived()).isEmpty();

    source.put(Tables.NODE, 38L, null, null);
    pusher.pushAll(NEVER);
    assertThat(central.tablesThatArrived()).isEqualTo(Set.of(Tables.NODE));
    assertThat(central.column(Tables.NODE, "id")).containsExactly(37L, 38L);
  }

  @Test
  void pushAll_whenATableIsLargerThanABatch_settlesItWithTheLastPartOnly() throws Exception {
    for (long id = 1; id <= 5; id++) {
      source.put(Tables.ROOM_TYPE, id, "Type " + id);
    }
    central.takeAtMost(2);

    pusher(10).pushAll(NEVER);

    assertThat(central.batchSizes(Tables.ROOM_TYPE)).containsExactly(2, 2, 1);
    assertThat(central.batches(Tables.ROOM_TYPE))
        .extracting(batch -> batch.upTo().isPresent())
        .containsExactly(false, false, true);
    assertThat(central.count(Tables.ROOM_TYPE)).isEqualTo(5);
  }

  @Test
  void pushAll_whenATableIsTooLargeForCentralAtOnce_sendsItInHalves() throws Exception {
    for (long id = 1; id <= 5; id++) {
      source.put(Tables.ROOM_TYPE, id, "Type " + id);
    }
    central.tooLargeAbove(2);

    PushResult result = pusher(10).pushAll(NEVER);

    assertThat(result.refused()).isEmpty();
    assertThat(central.batchSizes(Tables.ROOM_TYPE)).containsExactly(5, 2, 2, 1);
    assertThat(central.position(Tables.ROOM_TYPE, Lane.LIVE)).isPresent();
    assertThat(central.count(Tables.ROOM_TYPE)).isEqualTo(5);
  }

  @Test
  void pushAll_whenNotEvenOneRowOfATableIsTaken_refusesItAndGoesOn() throws Exception {
    source.put(Tables.ROOM_TYPE, 1L, "Bedroom");
    source.put(Tables.ROOM_TYPE, 2L, "Kitchen");
    central.tooLargeAbove(0);

    assertThat(pusher(10).pushAll(NEVER).refused()).contains("RoomType: 413");
  }

  @Test
  void pushAll_whenAPartOfATableIsLost_sendsTheWholeTableAgain() throws Exception {
    for (long id = 1; id <= 5; id++) {
      source.put(Tables.ROOM_TYPE, id, "Type " + id);
    }
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);
    source.put(Tables.ROOM_TYPE, 6L, "Type 6");
    central.takeAtMost(2);
    central.loseNextRequest();

    assertThatThrownBy(() -> pusher.pushAll(NEVER)).isInstanceOf(IOException.class);
    pusher.pushAll(NEVER);

    assertThat(central.count(Tables.ROOM_TYPE)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5})
  void pushAll_whenARowOfAWholeTableIsSetAside_sendsTheTableAgainUntilItIsNot(long bad)
      throws Exception {
    for (long id = 1; id <= 5; id++) {
      source.put(Tables.ROOM_TYPE, id, "Type " + id);
    }
    central.takeAtMost(2);
    central.cannotStoreId(bad);
    Pusher pusher = pusher(10);

    pusher.pushAll(NEVER);
    assertThat(central.position(Tables.ROOM_TYPE, Lane.LIVE)).isEmpty();

    central.canStoreAll();
    pusher.pushAll(NEVER);
    assertThat(central.count(Tables.ROOM_TYPE)).isEqualTo(5);
    assertThat(central.position(Tables.ROOM_TYPE, Lane.LIVE)).isPresent();
  }

  @Test
  void pushAll_whenRowsAreStampedInTheFuture_sendsThemOnceAndMovesNoLivePosition()
      throws Exception {
    readings(0, 2);
    source.reading(NOON.plus(Duration.ofDays(4000)), 1, 99.0);
    Pusher pusher = pusher(10);

    pusher.pushAll(NEVER);
    pusher.pushAll(NEVER);

    List<Batch> future =
        central.batches(Tables.READING).stream()
            .filter(batch -> batch.lane() == Lane.UNTRUSTED)
            .toList();
    assertThat(future).hasSize(1);
    assertThat(values()).containsExactly(0.0, 1.0);
    assertThat(livePosition()).contains(Position.of(MORNING.plusSeconds(1), 1L, 0L));
    assertThat(heard.setAside).extracting(SetAside::rule).containsExactly(Rule.CLOCK_UNTRUSTED);
  }

  @Test
  void pushAll_afterRowsFromTheFuture_sendsTheNextLiveRow() throws Exception {
    source.reading(NOON.plus(Duration.ofDays(4000)), 1, 99.0);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);

    readings(0, 2);
    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 1.0);
  }

  @Test
  void pushAll_whenSeveralRowsShareTheLastTrustedMoment_sendsEachInOneLane() throws Exception {
    Instant edge = NOON.plus(FakeCentral.TOLERANCE);
    for (int node = 1; node <= 3; node++) {
      source.reading(edge, node, node);
      source.reading(edge.plusNanos(1_000), node, 10 + node);
    }

    Pusher pusher = pusher(2);

    pusher.pushAll(NEVER);
    clock.advance(FakeCentral.TOLERANCE);
    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(1.0, 2.0, 3.0);
    assertThat(central.setAside()).hasSize(3);
    assertThat(central.batchSizes(Tables.READING).stream().mapToInt(size -> size).sum())
        .as("rows that travelled")
        .isEqualTo(6);
  }

  @Test
  void pushAll_whenARowIsStampedAheadOfThePresent_missesNothingThatIsLoggedMeanwhile()
      throws Exception {
    source.reading(NOON.plus(Duration.ofMinutes(50)), 1, 1.0);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);
    clock.advance(Duration.ofMinutes(10));
    source.reading(NOON.plus(Duration.ofMinutes(5)), 2, 2.0);

    PushResult held = pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(2.0);
    assertThat(PushWords.of(held)).contains("held back until it is that late");
    clock.advance(Duration.ofMinutes(45));
    PushResult all = pusher.pushAll(NEVER);
    assertThat(values()).containsExactlyInAnyOrder(1.0, 2.0);
    assertThat(all.ahead()).isFalse();
  }

  @Test
  void pushAll_whenTimeHasPassedAFormerFuture_takesUpTheLiveLaneThere() throws Exception {
    source.reading(NOON.plus(Duration.ofHours(5)), 1, 99.0);
    Pusher pusher = pusher(10);
    pusher.pushAll(NEVER);
    clock.advance(Duration.ofHours(10));
    source.reading(NOON.plus(Duration.ofHours(9)), 1, 5.0);

    pusher.pushAll(NEVER);

    assertThat(livePosition()).contains(Position.of(NOON.plus(Duration.ofHours(9)), 1L, 0L));
  }

  @Test
  void pushAll_whenARowIsUnreadable_sendsItAsItIsAndItsNeighbours() throws Exception {
    source.reading(MORNING, 1, 1.0);
    source.unreadableReading(MORNING.plusSeconds(1), 1);
    source.reading(MORNING.plusSeconds(2), 1, 2.0);

    PushResult result = pusher(10).pushAll(NEVER);

    assertThat(values()).containsExactly(1.0, 2.0);
    assertThat(heard.setAside).extracting(SetAside::rule).containsExactly(Rule.UNREADABLE);
    assertThat(result.setAside()).isEqualTo(1);
  }

  @Test
  void pushAll_whenRowsHaveNoTime_sendsThemToBeSetAsideAndOnlyOnce() throws Exception {
    source.timelessReading(1, 20.5);
    source.timelessReading(1, 21.5);
    source.reading(MORNING, 1, 1.0);
    Pusher pusher = pusher(10);

    PushResult first = pusher.pushAll(NEVER);

    assertThat(first.setAside()).isEqualTo(2);
    assertThat(central.setAside()).hasSize(2);
    assertThat(livePosition()).contains(Position.of(MORNING, 1L, 0L));
    central.forgetBatches();
    pusher.pushAll(NEVER);
    assertThat(central.batches(Tables.READING)).isEmpty();
    source.timelessReading(2, 22.5);
    pusher.pushAll(NEVER);
    assertThat(central.setAside()).hasSize(3);
  }

  @Test
  void pushAll_whenWholePagesAreUnreadable_goesOnBehindThem() throws Exception {
    for (int second = 0; second < 7; second++) {
      source.unreadableReading(MORNING.plusSeconds(second), 1);
    }
    source.reading(MORNING.plusSeconds(10), 1, 1.0);
    Pusher pusher = pusher(2);

    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(1.0);
    assertThat(central.setAside()).hasSize(7);
    assertThat(livePosition()).contains(Position.of(MORNING.plusSeconds(10), 1L, 0L));
    central.forgetBatches();
    pusher.pushAll(NEVER);
    assertThat(central.batches(Tables.READING)).isEmpty();
  }

  @Test
  void pushAll_whenAPageAmongOthersIsUnreadable_stillMovesThePositionToTheEnd() throws Exception {
    readings(0, 2);
    source.unreadableReading(MORNING.plusSeconds(2), 1);
    source.unreadableReading(MORNING.plusSeconds(3), 1);
    readings(4, 6);
    Pusher pusher = pusher(2);

    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 1.0, 4.0, 5.0);
    assertThat(livePosition()).contains(Position.of(MORNING.plusSeconds(5), 1L, 0L));
  }

  @Test
  void pushAll_whenNothingIsReadable_ends() throws Exception {
    for (int second = 0; second < 4; second++) {
      source.unreadableReading(MORNING.plusSeconds(second), 1);
    }

    pusher(2).pushAll(NEVER);

    assertThat(central.setAside()).hasSize(4);
    assertThat(livePosition()).isEmpty();
  }

  @Test
  void pushAll_whenToldToStop_letsTheBatchesOnTheirWayBeAnsweredAndSendsNoMore() throws Exception {
    readings(0, 100);
    StopSignal stop = new StopSignal();
    heard.onAnswer(
        () -> {
          if (central.count(Tables.READING) > 0) {
            stop.give();
          }
        });

    PushResult result = pusher(5).pushAll(stop);

    assertThat(result.stopped()).isTrue();
    assertThat(result.allDelivered()).isFalse();
    int sent = central.batches(Tables.READING).stream().mapToInt(Batch::size).sum();
    assertThat(result.inserted()).isEqualTo(sent).isEqualTo(values().size());
    assertThat(sent).isBetween(5, 25);
  }

  @Test
  void pushAll_whenToldToStopBeforeItBegins_sendsNothing() throws Exception {
    readings(0, 10);

    PushResult result = pusher(5).pushAll(() -> true);

    assertThat(result.stopped()).isTrue();
    assertThat(central.tablesThatArrived()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void pushAll_whenCentralAccountsForAnotherNumberOfRows_isNoSuccess(int rowsTooMany)
      throws Exception {
    pusher(10).pushAll(NEVER);
    readings(0, 3);
    central.miscountBy(rowsTooMany);

    assertThatThrownBy(() -> pusher(10).pushAll(NEVER))
        .isInstanceOf(IOException.class)
        .hasMessage("Central accounted for %d of 3 rows of Reading".formatted(3 + rowsTooMany));
  }

  @Test
  void pushAll_keepsTwoBatchesOnTheirWayAndHearsTheAnswersInOrder() throws Exception {
    readings(0, 10);
    central.letTheFirstBatchBeOvertaken();

    pusher(2).pushAll(NEVER);

    assertThat(values()).hasSize(10);
    assertThat(central.mostInFlight()).isEqualTo(Pipeline.DEPTH);
    assertThat(firstTimes()).isSorted().hasSize(5);
    assertThat(livePosition()).contains(Position.of(MORNING.plusSeconds(9), 1L, 0L));
  }

  @Test
  void pushAll_whenTheOvertakingBatchIsAllThatArrives_sendsTheOtherAgain() throws Exception {
    pusher(100).pushAll(NEVER);
    readings(0, 4);
    source.onPage(() -> {}); // the first page's batch is lost, the second one's is not
    central.loseNextRequest();
    Pusher pusher = pusher(2);

    assertThatThrownBy(() -> pusher.pushAll(NEVER)).isInstanceOf(IOException.class);
    pusher.pushAll(NEVER);
    pusher.pushAll(NEVER);

    assertThat(values()).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(livePosition()).contains(Position.of(MORNING.plusSeconds(3), 1L, 0L));
  }

  @Test
  void pushAll_afterAFailure_sendsSmallerBatches() throws Exception {
    pusher(100).pushAll(NEVER);
    readings(0, 400);
    Pusher pusher = pusher(100);
    central.loseNextRequest();

    assertThatThrownBy(() -> pusher.pushAll(NEVER)).isInstanceOf(IOException.class);
    central.forgetBatches();
    pusher.pushAll(NEVER);

    assertThat(central.batchSizes(Tables.READING).get(0)).isEqualTo(50);
    assertThat(values()).hasSize(400);
  }

  @Test
  void pushAll_whenCentralTakesFewerRowsAtOnce_getsThroughAndKeepsToIt() throws Exception {
    pusher(100).pushAll(NEVER);
    readings(0, 400);
    central.tooLargeAbove(30);
    Pusher pusher = pusher(100);
    int tries = 0;
    while (central.count(Tables.READING) < 400 && tries < 10) {
      tries++;
      pushAndForgive(pusher);
    }

    assertThat(values()).hasSize(400);
    assertThat(tries).isEqualTo(3); // 100, 50, 25
    assertThat(central.batchSizes(Tables.READING)).allMatch(size -> size <= 25 || size % 25 == 0);
  }

  @Test
  void pushAll_whenNotEvenOneRowIsTaken_refusesTheTableAndPushesTheOthers() throws Exception {
    pusher(100).pushAll(NEVER);
    source.nodeState(MORNING, 1, 1);
    readings(0, 1);
    central.tooLargeAbove(0);

    PushResult result = pusher(1).pushAll(NEVER);

    assertThat(result.refused()).containsExactly("NodeState: 413", "Reading: 413");
  }

  @Test
  void pushAll_whenCentralStandsStill_endsAllTheSame() throws Exception {
    readings(0, 10);
    central.standStill();
    Pusher pusher = pusher(3);

    pusher.pushAll(NEVER);
    PushResult again = pusher.pushAll(NEVER);

    assertThat(values()).hasSize(10);
    assertThat(again.inserted()).isZero();
    assertThat(again.unchanged()).isEqualTo(10);
  }

  @Test
  void pushAll_whenTheLocalDatabaseGoesAway_letsTheBatchOnItsWayEndFirst() throws Exception {
    readings(0, 10);
    Pusher pusher = pusher(2);
    source.onPage(
        () -> {
          if (source.pages() == 5) { // two of node states, two of readings before it
            source.failNextPage();
          }
        });

    assertThatThrownBy(() -> pusher.pushAll(NEVER)).isInstanceOf(LocalDatabaseException.class);
    int stored = values().size();
    senders.shutdown();
    assertThat(senders.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(values()).hasSize(stored);
  }

  @Test
  void pushAll_whenADefectOfOursStrikes_leavesNothingOnItsWay() throws Exception {
    pusher(100).pushAll(NEVER);
    readings(0, 10);
    central.breakTransport();

    assertThatThrownBy(() -> pusher(2).pushAll(NEVER)).isInstanceOf(IllegalStateException.class);
    senders.shutdown();

    assertThat(senders.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(central.batches(Tables.READING)).hasSizeLessThanOrEqualTo(Pipeline.DEPTH);
  }

  @Test
  void pushAll_whenCentralIsSilent_fails() {
    central.fallSilent(new IOException("nothing answers there"));

    assertThatThrownBy(() -> pusher(10).pushAll(NEVER)).hasMessage("nothing answers there");
  }

  @Test
  void pushAll_tellsHowFarTheClockIsAhead() throws Exception {
    PushResult result = pusher(10).pushAll(NEVER);

    assertThat(result.clockOffset()).isEqualTo(Duration.ZERO);
  }

  private void pushAndForgive(Pusher pusher) throws RefusedException {
    try {
      pusher.pushAll(NEVER);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("fewer");
    }
  }

  private Pusher pusher(int maxRowsPerBatch) {
    return new Pusher(
        source,
        central,
        new GatewayIdentity(new GatewayId("house-17"), false, "machine", "host", "test"),
        heard,
        new BatchSize(maxRowsPerBatch),
        senders,
        clock);
  }

  /** One reading a second, its value its number. */
  private void readings(int from, int to) {
    for (int number = from; number < to; number++) {
      source.reading(MORNING.plusSeconds(number), 1, number);
    }
  }

  private void house(String address) {
    source.clear(Tables.HOUSE);
    source.put(Tables.HOUSE, 1L, null, address, null, null);
  }

  private List<Object> values() {
    return central.column(Tables.READING, "value");
  }

  private Optional<Position> livePosition() {
    return central.position(Tables.READING, Lane.LIVE);
  }

  /** When the batches of readings that were answered begin, in the order of hearing. */
  private List<Instant> firstTimes() {
    List<Instant> times = new ArrayList<>();
    for (Batch batch : heard.answered) {
      if (batch.table().equals(Tables.READING)) {
        times.add((Instant) batch.rows().value("time", 0));
      }
    }
    return times;
  }
}
