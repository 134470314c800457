package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Tables;

class StretchTest {

  static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");
  static final Instant TRUSTED = Instant.parse("2026-03-01T12:00:00Z");
  static final Position END_OF_TRUST = Position.of(TRUSTED, Long.MAX_VALUE, Long.MAX_VALUE);
  static final Optional<Position> LIVE =
      Optional.of(Position.of(Instant.parse("2026-03-01T10:00:00Z"), 37L, 0L));

  @Test
  void of_beginsEachLaneWhereCentralSaysItIs() {
    Optional<Position> far =
        Optional.of(Position.of(Instant.parse("2042-01-01T00:00:00Z"), 1L, 0L));

    List<Stretch> stretches = Stretch.of(Tables.READING, LIVE, far, NOW, TRUSTED);

    assertThat(stretches)
        .containsExactly(
            new Stretch(Lane.LIVE, LIVE, LIVE, Optional.of(NOW)),
            new Stretch(Lane.UNTRUSTED, far, far, Optional.empty()));
  }

  @Test
  void of_whenTimeHasPassedTheUntrustedPosition_readsBehindWhatIsTrustedNow() {
    Optional<Position> passed =
        Optional.of(Position.of(Instant.parse("2026-03-01T11:00:00Z"), 1L, 0L));

    Stretch untrusted = Stretch.of(Tables.READING, LIVE, passed, NOW, TRUSTED).get(1);

    assertThat(untrusted.position()).isEqualTo(passed);
    assertThat(untrusted.cursor()).contains(END_OF_TRUST);
  }

  @Test
  void of_atTheVeryBeginning_leavesNothingOut() {
    List<Stretch> stretches =
        Stretch.of(Tables.READING, Optional.empty(), Optional.empty(), NOW, TRUSTED);

    assertThat(stretches.get(0).cursor()).isEmpty();
    assertThat(stretches.get(1).cursor()).contains(END_OF_TRUST);
  }
}
