package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStampsTest {

  private static final List<String> DAYS =
      List.of("2016-03-27", "2016-10-30", "2016-10-30", "2000-02-29", "1969-12-31", "2016-13-01");
  private static final List<String> ENDS =
      List.of("", "", "", "Z", "+00:00", ".5", ".123456", ".123456Z", ".1234567", ".000000", ".");

  /** Whatever came before it, each text is read as {@link SqliteTime} reads it. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/London", "Asia/Kolkata"})
  void read_whateverTheOrderOfTexts_isWhatEachSaysByItself(String zone) throws Exception {
    WallClock clock = new WallClock(ZoneId.of(zone));
    SqliteStamps stamps = new SqliteStamps(clock);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      long expected;
      try {
        expected = SqliteTime.read(text, clock);
      } catch (UnreadableCell e) {
        assertThatThrownBy(() -> stamps.read(bytes(text)))
            .as(text)
            .isInstanceOf(UnreadableCell.class);
        continue;
      }
      assertThat(stamps.read(bytes(text))).as(text).isEqualTo(expected);
      assertThat(stamps.read(bytes(text))).as(text).isEqualTo(expected);
    }
  }

  @Test
  void read_whereADigitIsNone_saysSo() {
    SqliteStamps stamps = new SqliteStamps(WallClock.UTC);

    assertThatThrownBy(() -> stamps.read(bytes("2016-01-01 1x:00:00")))
        .isInstanceOf(UnreadableCell.class);
  }

  private static String text(Random random) {
    String text =
        DAYS.get(random.nextInt(DAYS.size()))
            + (random.nextInt(5) == 0 ? 'T' : ' ')
            + "%02d:%02d:%02d".formatted(random.nextInt(25), random.nextInt(61), random.nextInt(61))
            + ENDS.get(random.nextInt(ENDS.size()));
    if (random.nextInt(20) > 0) {
      return text;
    }
    char[] letters = text.toCharArray(); // anything may stand there
    letters[10 + random.nextInt(letters.length - 10)] = "x:. 5-".charAt(random.nextInt(6));
    return new String(letters);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
