package org.tributary.store.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tributary.wire.Window;

class NodeHistoryTest {

  private static final long FIRST = 1_000L * Window.DAY;

  @Test
  void usual_isNotWhatItsFirstDayHas_whichIsHardlyEverWhole() {
    NodeHistory node = days(48, 1_152, 912, 600);

    assertThat(node.usual(day(2), day(3))).isEqualTo(1_152);
  }

  @Test
  void usual_whereNoOtherDayIsKnown_isWhatItsFirstDayHas() {
    NodeHistory node = days(1_000, 912, 600);

    assertThat(node.usual(day(1), day(2))).isEqualTo(1_000);
    assertThat(days(1_000).usual(day(0), day(1))).isZero();
  }

  @Test
  void usual_isTheMiddleOfTheDaysAround_andNeverToday() {
    NodeHistory node = days(1, 100, 300, 5, 200, 400, 9_000);

    assertThat(node.usual(day(3), day(6))).isEqualTo(200);
  }

  private static NodeHistory days(long... counts) {
    NodeHistory node = new NodeHistory();
    for (int i = 0; i < counts.length; i++) {
      node.note(day(i), counts[i]);
    }
    return node;
  }

  private static long day(int number) {
    return FIRST + (long) number * Window.DAY;
  }
}
