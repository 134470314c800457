package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** Which rows that can't be read travel, and how often. */
class PassedOverTest {

  static final Window DAY = Window.dayOf(Instant.parse("2016-05-01T00:00:00Z"));
  static final Window NEXT = new Window(null, DAY.endHour(), Window.DAY);

  final PassedOver passedOver = new PassedOver();
  final List<String> sent = new ArrayList<>();
  boolean broken;

  @Test
  void send_ofRowsThatAreThereStill_sendsThemOnce() throws Exception {
    note(DAY, 1, 2);
    assertThat(send()).isFalse();
    note(DAY, 1, 3);
    send();

    assertThat(sent).containsExactly("1", "2", "3");
  }

  @Test
  void send_ofARowThatWasMendedInBetween_sendsItAgain() throws Exception {
    note(DAY, 1);
    send();
    note(DAY);
    note(DAY, 1);
    send();

    assertThat(sent).containsExactly("1", "1");
  }

  @Test
  void send_whenTheWayBreaks_keepsTheRowsForTheNextTime() throws Exception {
    note(DAY, 1, 2);
    broken = true;
    assertThatThrownBy(this::send).isInstanceOf(IOException.class);
    broken = false;
    note(DAY, 1, 2);
    send();

    assertThat(sent).containsExactly("1", "2");
  }

  @Test
  void send_ofMoreRowsThanThereIsRoomFor_comesToAllOfThemInTheEnd() throws Exception {
    int[] many = IntStream.range(0, 25_000).toArray();

    do {
      note(DAY, many);
    } while (send());

    assertThat(sent).hasSize(25_000).doesNotHaveDuplicates();
  }

  @Test
  void count_ofARowThatIsFoundOnTwoDays_isOne() {
    note(DAY, 1, 2);
    note(NEXT, 2, 3);

    assertThat(passedOver.count()).isEqualTo(3);
  }

  private void note(Window window, int... keys) {
    PassedOver.Noting noting = passedOver.in(Tables.READING, window);
    for (int key : keys) {
      noting.accept(new Unreadable(Integer.toString(key), "{}", "value is no number"));
    }
    noting.end();
  }

  private boolean send() throws IOException, RefusedException {
    return passedOver.send(500, this::take, () -> false);
  }

  private Ack take(Batch batch) throws IOException {
    if (broken) {
      throw new IOException("The link is dead");
    }
    batch.unreadable().forEach(row -> sent.add(row.key()));
    return new Ack(0, 0, 0, List.of(), Optional.empty());
  }
}
