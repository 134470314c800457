package org.tributary.wire.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestDatesTest {

  @ParameterizedTest
  @CsvSource({
    "2013-01-02T03:04:05, 2013-01-02T03:04:05Z",
    "2013-01-02 03:04:05, 2013-01-02T03:04:05Z",
    "2013-01-02 03:04, 2013-01-02T03:04:00Z",
    "2013-01-02, 2013-01-02T00:00:00Z",
    "20130102, 2013-01-02T00:00:00Z",
    "1 Aug 2015, 2015-08-01T00:00:00Z",
    "1 august 2015 3:04, 2015-08-01T03:04:00Z",
    "2013-01-02T03:04:05.654321, 2013-01-02T03:04:05.654321Z",
    "2013-01-02T03:04:05.1234567, 2013-01-02T03:04:05.123456Z",
    "2013-01-02T03:04:05Z, 2013-01-02T03:04:05Z",
    "2013-01-02T03:04:05+02:00, 2013-01-02T01:04:05Z",
    "2013-01-02T03:04:05 02:00, 2013-01-02T01:04:05Z",
    "2013-01-02T03:04:05.5 0200, 2013-01-02T01:04:05.5Z",
    "2013-01-02T03:04:05-0330, 2013-01-02T06:34:05Z",
    "' 2013-01-02 03:04:05 +02:00 ', 2013-01-02T01:04:05Z",
    "2012-02-29, 2012-02-29T00:00:00Z",
    "2012-02-29T23:59:59, 2012-02-29T23:59:59Z",
    "2013-07-31T00:00:00.5, 2013-07-31T00:00:00.500Z",
    "1969-12-31T23:59:59.999999, 1969-12-31T23:59:59.999999Z",
    "2013-01-02T03:04:05.000001, 2013-01-02T03:04:05.000001Z",
  })
  void read_takesEveryFormThatProgramsWrite(String text, Instant expected) {
    assertThat(RestDates.read(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2013-02-30",
        "2013-13-01",
        "25:00",
        "None",
        "2013-01-02T",
        "2013-02-29T00:00:00",
        "2013-01-32T00:00:00",
        "2013-01-02T24:00:00",
        "2013-01-02T00:60:00",
        "2013-01-02T00:00:60",
        "2013-01-02T00:00:00.",
        "2013-01-02T00:00:00.1x",
        "2013-0a-02T00:00:00"
      })
  void read_whenItIsNoDate_isEmpty(String text) {
    assertThat(RestDates.read(text)).isEmpty();
  }

  @Test
  void write_leavesAFractionOutWhereThereIsNone() {
    assertThat(RestDates.write(Instant.parse("2013-01-02T00:00:00Z")))
        .isEqualTo("2013-01-02T00:00:00");
    assertThat(RestDates.write(Instant.parse("2013-01-02T00:00:00.120Z")))
        .isEqualTo("2013-01-02T00:00:00.12");
    assertThat(RestDates.write(Instant.parse("2013-01-02T00:00:00.000001Z")))
        .isEqualTo("2013-01-02T00:00:00.000001");
  }

  @Test
  void write_thenRead_isTheSame() {
    Instant time = Instant.parse("2024-10-27T01:30:00.654321Z");

    assertThat(RestDates.read(RestDates.write(time))).contains(time);
  }
}
