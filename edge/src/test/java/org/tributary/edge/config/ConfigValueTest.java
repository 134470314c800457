package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "10                        | 10",
        "two words                 | two words",
        "\"double\"                | double",
        "'single'                  | single",
        "'it \"is\"'               | it \"is\"",
        "it's                      | it's",
        "' blanks '                | ` blanks `",
        "\"\"                      | ``",
        "1 #comment                | 1",
        "1#comment                 | 1",
        "1\t# comment              | 1",
        "\"a # b\" # comment       | a # b",
        "\"a # b\"# comment        | a # b",
        "'a, b'                    | a, b",
        "mysql://u:p#w@h/db        | mysql://u:p#w@h/db",
        "mysql://u:p#w@h/db #note  | mysql://u:p#w@h/db",
        "a;b ; c                   | a;b ; c",
        "a = b                     | a = b",
      })
  void parse_whenOneValue_findsItWithoutQuotesAndComment(String text, String value) {
    assertThat(ConfigValue.parse(text)).containsExactly(value);
  }

  @Test
  void parse_whenNothingStandsThere_findsNoValue() {
    assertThat(ConfigValue.parse("")).isEmpty();
    assertThat(ConfigValue.parse("# only a comment")).isEmpty();
  }

  @Test
  void parse_whenCommasSeparate_findsAList() {
    assertThat(ConfigValue.parse("a, 'b, c' ,d # e, f")).isEqualTo(List.of("a", "b, c", "d"));
    assertThat(ConfigValue.parse("a,")).isEqualTo(List.of("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"canary         | not closed",
        "'canary\"        | not closed",
        "\"canary\" more  | follows the closing quote",
        "a,,canary        | nothing stands before a comma",
        ", canary         | nothing stands before a comma",
      })
  void parse_whenMalformed_saysWhyWithoutQuotingIt(String text, String why) {
    assertThatThrownBy(() -> ConfigValue.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("canary");
  }
}
