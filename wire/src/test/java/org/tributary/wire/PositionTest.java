package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionTest {

  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  static final Instant LATER = NOON.plusNanos(1_000);

  @Test
  void compareTo_ordersByTheFirstPartThatDiffers() {
    List<Position> inOrder =
        List.of(
            Position.of(Instant.parse("1969-12-31T23:59:59Z"), 70L, 9L),
            Position.of(NOON, -1L, 9L),
            Position.of(NOON, 9L, 0L),
            Position.of(NOON, 69L, 0L),
            Position.of(NOON, 69L, 2L),
            Position.of(NOON, 70L, 0L),
            Position.of(LATER, 1L, 0L));
    List<Position> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, new Random(7));

    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(inOrder);
  }

  @Test
  void compareTo_ofTexts_ordersByTheirLetters() {
    assertThat(Position.fingerprint("fe")).isLessThan(Position.fingerprint("ff"));
    assertThat(Position.fingerprint("ff")).isEqualByComparingTo(Position.of("ff"));
  }

  @Test
  void toString_showsTheParts() {
    assertThat(Position.of(NOON, 69L)).hasToString("[2026-11-01T12:00:00Z, 69]");
  }

  @Test
  void isAfter_isTrueOnlyBeyondThePosition() {
    Position position = Position.of(NOON, 69L, 0L);

    assertThat(Position.of(NOON, 69L, 1L).isAfter(position)).isTrue();
    assertThat(Position.of(LATER, 1L, 0L).isAfter(position)).isTrue();
    assertThat(Position.of(NOON, 69L, 0L).isAfter(position)).isFalse();
    assertThat(Position.of(NOON, 9L, 0L).isAfter(position)).isFalse();
  }

  @Test
  void equals_tellsATimeFromItsText() {
    assertThat(Position.of(NOON)).isEqualTo(Position.of(Instant.parse("2026-11-01T12:00:00Z")));
    assertThat(Position.of(NOON)).isNotEqualTo(Position.of("2026-11-01T12:00:00Z"));
    assertThat(Position.of(7L)).isNotEqualTo(Position.of("7"));
    assertThat(Position.fingerprint("ff")).isEqualTo(Position.of("ff"));
  }

  @Test
  void compareTo_whenTheKeysAreOfDifferentTables_refuses() {
    Position time = Position.of(NOON, 69L);

    for (Position other :
        List.of(
            Position.of(NOON),
            Position.of(NOON, 69L, 0L),
            Position.of(NOON, "69"),
            Position.of(1L, 69L),
            Position.fingerprint("ff"))) {
      assertThatThrownBy(() -> time.compareTo(other))
          .as("%s", other)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Keys of different tables");
    }
  }

  @Test
  void of_takesOnlyWhatAKeyIsMadeOf() {
    assertThatThrownBy(() -> Position.of(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Integer");
    assertThatThrownBy(() -> Position.of(NOON, 1.5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void key_staysAsItWas_whenTheListItCameFromChanges() {
    List<Object> key = new ArrayList<>(List.of(NOON, 69L));
    Position position = new Position(key);

    key.set(1, 70L);

    assertThat(position).isEqualTo(Position.of(NOON, 69L));
  }
}
