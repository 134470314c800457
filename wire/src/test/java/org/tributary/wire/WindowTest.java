package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z, 1970-01-02T00:00:00Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z",
    "2016-02-29T23:59:59.999999Z, 2016-02-29T00:00:00Z, 2016-03-01T00:00:00Z"
  })
  void dayOf_isTheDayInUtcThatATimeFallsInto(Instant time, Instant from, Instant to) {
    Window day = Window.dayOf(time);

    assertThat(day.from()).isEqualTo(from);
    assertThat(day.to()).isEqualTo(to);
    assertThat(day.fromMicros()).isEqualTo(Micros.of(from));
    assertThat(day.toMicros()).isEqualTo(Micros.of(to));
    assertThat(day.node()).isNull();
    assertThat(Window.hourOfMicros(Micros.of(time))).isEqualTo(Window.hourOf(time));
    assertThat(day.hour()).isLessThanOrEqualTo(Window.hourOf(time));
    assertThat(day.endHour()).isGreaterThan(Window.hourOf(time));
  }

  @Test
  void days_beginWithTheDayOfATime() {
    Window days = Window.days(Instant.parse("2016-03-01T12:00:00Z"), 3);

    assertThat(days).hasToString("2016-03-01T00:00:00Z to 2016-03-04T00:00:00Z");
    assertThat(days.of(69))
        .hasToString("2016-03-01T00:00:00Z to 2016-03-04T00:00:00Z of node 69")
        .isEqualTo(new Window(69L, days.hour(), 72));
  }

  @Test
  void compareTo_isByTimeThenLengthThenNodeAndAllNodesFirst() {
    List<Window> ordered =
        List.of(
            new Window(9L, 0, 1),
            new Window(null, 24, 1),
            new Window(7L, 24, 1),
            new Window(8L, 24, 1),
            new Window(null, 24, 2));

    assertThat(Stream.of(3, 0, 4, 1, 2).map(ordered::get).sorted().toList()).isEqualTo(ordered);
  }

  @Test
  void window_hasOneHourAtLeast() {
    assertThat(new Window(null, 0, 1).endHour()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Window(null, 0, 0));
  }
}
