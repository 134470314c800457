package org.tributary.edge.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.wire.Rule;

class ApartWordsTest {

  @Test
  void ofMost_ofSeveralRules_saysWhatHelpsMostRows() {
    String words =
        ApartWords.ofMost(Map.of(Rule.CLOCK_UNTRUSTED, 3L, Rule.PARENT_MISSING, 40_000L))
            .orElseThrow();

    assertThat(words)
        .startsWith("most of them belong to a node, a place or a sensor type that is not there. ")
        .contains("Register it in this gateway's database");
  }

  @ParameterizedTest
  @EnumSource
  void ofMost_ofOneRule_saysWhyAndWhatToDo(Rule rule) {
    String words = ApartWords.ofMost(Map.of(rule, 1L)).orElseThrow();

    assertThat(words).matches("they [^.]+\\. [A-Z][^.]+\\.");
  }

  @Test
  void ofMost_whereNoRuleIsKnown_isNothing() {
    assertThat(ApartWords.ofMost(Map.of())).isEmpty();
  }

  @Test
  void counted_isByRule() {
    assertThat(ApartWords.counted(Map.of(Rule.PARENT_MISSING, 1_200L, Rule.CLOCK_UNTRUSTED, 3L)))
        .isEqualTo(": 3 clock untrusted, 1,200 parent missing");
    assertThat(ApartWords.counted(Map.of())).isEmpty();
  }
}
