package org.tributary.edge.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {

  @Test
  void toString_keepsAFamilyTogetherWhicheverOrderItCameIn() {
    Exposition figures = new Exposition();
    figures.gauge("a", "One.", Map.of("remote", "x"), 0.25);
    figures.counter("b_total", "Two.", Map.of(), 12_345_678_901d);
    figures.gauge("a", "One.", Map.of("remote", "y"), -3);

    assertThat(figures.toString())
        .isEqualTo(
            """
            # HELP a One.
            # TYPE a gauge
            a{remote="x"} 0.25
            a{remote="y"} -3
            # HELP b_total Two.
            # TYPE b_total counter
            b_total 12345678901
            """);
  }

  @Test
  void toString_escapesWhatALabelMayHold() {
    Exposition figures = new Exposition();
    figures.gauge("a", "One.", Map.of("remote", "\"\\\n\t"), 1);

    assertThat(figures.toString()).endsWith("a{remote=\"\\\"\\\\\\n \"} 1\n");
  }
}
