package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.SyncApi;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * What a way to a central can do besides whose other end knows gateways: it tells new rows from
 * known ones, keeps positions itself, and stores by itself what had to wait.
 */
abstract class AccountingContract extends TransportContract {

  /** A gateway that was not upgraded with its central, and one that was upgraded before it. */
  @ParameterizedTest
  @EnumSource
  void greet_byAnOlderOrNewerGateway_agreesOnWhatBothSpeak(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    Instant noon = Instant.parse("2015-08-03T12:00:00Z");
    for (int theirs : new int[] {SyncApi.OLDEST_PROTOCOL, SyncApi.PROTOCOL, 99}) {
      Greeting greeting = new Greeting(house, "machine", "host", "test", theirs, noon);

      Welcome welcome = transport.greet(greeting);
      Ack ack = transport.send(live(none(), rows(theirs * 1_000, 600)));

      assertThat(welcome.protocol()).isEqualTo(Math.min(theirs, SyncApi.PROTOCOL));
      assertThat(ack.inserted()).isEqualTo(600);
    }
  }

  @ParameterizedTest
  @EnumSource
  void greet_byAGatewayThatIsTooOld_isRefusedAndToldWhatToDo(TestEngine engine) {
    Greeting greeting = new Greeting(house, "machine", "host", "test", 0, Instant.EPOCH);

    assertThatThrownBy(() -> transport(engine).greet(greeting))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("upgrade it");
  }

  @ParameterizedTest
  @EnumSource
  void greet_whenAnotherMachineHasTheName_isRefused(TestEngine engine) throws Exception {
    Transport transport = transport(engine);
    transport.greet(greeting("machine"));

    assertThatThrownBy(() -> transport.greet(greeting("another")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(house.value())
        .hasMessageContaining("gateway = ");
    transport.greet(greeting("machine"));
  }

  @ParameterizedTest
  @EnumSource
  void send_beforeAnyGreeting_isRefused(TestEngine engine) throws Exception {
    assertThatThrownBy(() -> transport(engine).send(live(none(), row(0, 1))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("greet first");
  }

  @ParameterizedTest
  @EnumSource
  void send_whenABatchOvertakesTheOneBefore_keepsThePositionUntilTheGapIsClosed(TestEngine engine)
      throws Exception {
    Transport transport = ready(transport(engine));
    Batch first = live(none(), row(0, 1), row(1, 2));
    Batch second = live(Optional.of(at(1)), row(2, 3), row(3, 4));
    Batch third = live(Optional.of(at(3)), row(4, 5));

    assertThat(transport.send(second).position()).isEmpty();
    assertThat(transport.send(third).position()).isEmpty();
    assertThat(transport.send(first).position()).contains(at(4));
    assertThat(values(engine)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @ParameterizedTest
  @EnumSource
  void send_whenSeveralBatchesComeAtOnce_storesAllOfThemAndEndsAtTheLast(TestEngine engine)
      throws Exception {
    Transport transport = ready(transport(engine));
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Optional<Position> after = i == 0 ? none() : Optional.of(at(i * 2 - 1));
      batches.add(live(after, row(i * 2, i), row(i * 2 + 1, i)));
    }
    Collections.shuffle(batches, new Random(17));

    ExecutorService senders = Executors.newFixedThreadPool(4);
    try {
      List<Future<Ack>> answers = new ArrayList<>();
      for (Batch batch : batches) {
        answers.add(senders.submit(() -> transport.send(batch)));
      }
      for (Future<Ack> answer : answers) {
        assertThat(answer.get().inserted()).isEqualTo(2);
      }
    } finally {
      senders.shutdownNow();
    }

    assertThat(values(engine)).hasSize(24);
    assertThat(transport.greet(greeting("machine")).position(Tables.READING, Lane.LIVE))
        .contains(at(23));
  }

  @ParameterizedTest
  @EnumSource
  void send_whenAParentComesLater_storesTheRowsThatWaitedForIt(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    transport.send(live(none(), new Object[] {MORNING, node + 200_000, 0L, null, 1.0}, row(0, 2)));
    assertThat(setAside(transport)).isEqualTo(1);

    transport.send(nodes(node, node + 200_000));

    assertThat(setAside(transport)).isZero();
    assertThat(values(engine)).containsExactlyInAnyOrder(1.0, 2.0);
  }

  @ParameterizedTest
  @EnumSource
  void send_tellsNewRowsFromChangedAndKnownOnes(TestEngine engine) throws Exception {
    Transport transport = ready(transport(engine));
    Batch batch = live(none(), row(0, 1), row(1, 2));
    transport.send(batch);

    assertThat(transport.send(batch)).isEqualTo(new Ack(0, 0, 2, List.of(), Optional.of(at(1))));
    assertThat(transport.send(live(none(), row(0, 1), row(1, 2.5), row(2, 3))))
        .isEqualTo(new Ack(1, 1, 1, List.of(), Optional.of(at(1))));
  }

  private Object[][] rows(int second, int count) {
    return IntStream.range(second, second + count)
        .mapToObj(each -> row(each, each % 7 / 10.0))
        .toArray(Object[][]::new);
  }
}
