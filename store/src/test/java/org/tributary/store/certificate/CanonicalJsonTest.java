package org.tributary.store.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tributary.wire.Json;
import org.tributary.wire.WireFormatException;

class CanonicalJsonTest {

  @Test
  void bytes_ofTheExampleOfTheRfc_areThoseOfTheRfc() throws Exception {
    // RFC 8785, 3.2.3: names in the order of UTF-16 code units
    String text =
        """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
         "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
         "\\u00f6": "Latin Small Letter O With Diaeresis"}
        """;

    assertThat(canonical(Json.parse(text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"\uD83D\uDE00\":\"Emoji: Grinning Face\","
                + "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void bytes_ofTexts_escapeWhatMustBeAndNothingElse() {
    assertThat(canonical("€$\u000f\nA'B\"\\\\\"/\b\t\f\u007f"))
        .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\u007f\"");
  }

  @Test
  void bytes_ofOtherValues_haveNoSpaces() {
    assertThat(canonical(Arrays.asList(1, -9_007_199_254_740_991L, true, null)))
        .isEqualTo("[1,-9007199254740991,true,null]");
    assertThat(canonical(Map.of("b", List.of(), "a", Map.of()))).isEqualTo("{\"a\":{},\"b\":[]}");
  }

  @Test
  void bytes_ofNumbersThatProgramsWriteDifferently_areRefused() {
    for (Object number :
        List.of(1.5, 1.0, 9_007_199_254_740_992L, BigInteger.TEN.pow(30), Float.NaN)) {
      assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("n", number)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void bytes_ofHalfASurrogatePair_areRefusedAndNotAQuestionMark() {
    assertThatThrownBy(() -> CanonicalJson.bytes("\uD83D"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_ofAnObjectThatSaysTwoThingsUnderOneName_isRefused() {
    assertThatThrownBy(() -> Json.parse("{\"a\": 1, \"a\": 2}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireFormatException.class);
  }

  private static String canonical(Object json) {
    return new String(CanonicalJson.bytes(json), StandardCharsets.UTF_8);
  }
}
