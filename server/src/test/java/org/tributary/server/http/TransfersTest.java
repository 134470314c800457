package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {

  final List<String> ended = new ArrayList<>();
  long now;
  final Transfers transfers = new Transfers(new Passing());

  @Test
  void in_whenThereAreAsManyAsMayBe_endsTheSlowestOfWhoHasMost() throws IOException {
    come("slow link", 1);
    now += Transfers.SLOW_MILLIS;
    come("flood", 3);
    fill(Transfers.MOST);
    now += Transfers.SLOW_MILLIS;

    come("another", 1);

    assertThat(ended).containsExactly("flood");
  }

  @Test
  void in_whenNothingIsSlow_sendsAwayWhoHasHisShare_andNobodyElse() throws IOException {
    come("flood", Transfers.MOST);

    assertThatThrownBy(() -> come("flood", 1)).isInstanceOf(CrowdedException.class);
    come("another", Transfers.ALWAYS_TAKEN);
    assertThatThrownBy(() -> come("another", 1)).isInstanceOf(CrowdedException.class);
    assertThat(ended).isEmpty();
  }

  @Test
  void in_whateverMayCome_neverTakesTheThreadsOfThoseAtWork() throws IOException {
    fill(Transfers.AT_ALL);

    assertThatThrownBy(() -> come("another", 1)).isInstanceOf(CrowdedException.class);
    now += Transfers.SLOW_MILLIS_WHEN_FULL;
    come("another", 1);
    assertThat(ended).hasSize(1);
  }

  @Test
  void in_ofWhoHasMost_endsNoneOfOthers() throws IOException {
    come("slow link", 1);
    now += 2 * Transfers.SLOW_MILLIS;
    come("flood", Transfers.MOST - 1); // comes anew all the time

    assertThatThrownBy(() -> come("flood", 1)).isInstanceOf(CrowdedException.class);
    assertThat(ended).isEmpty();
  }

  @Test
  void out_countsOnceItsReceiverIsSlow() throws IOException {
    for (int i = 0; i < Transfers.MOST; i++) {
      transfers.out("reader", () -> ended.add("reader")).waits();
    }
    come("another", 3);
    assertThat(ended).isEmpty();

    now += Transfers.SLOW_MILLIS;
    come("another", 1);
    assertThat(ended).containsExactly("reader");
  }

  @Test
  void close_leavesItsPlace() throws IOException {
    for (int i = 0; i < 3 * Transfers.MOST; i++) {
      transfers.in("one after the other", () -> ended.add("one")).close();
    }
    assertThat(ended).isEmpty();
  }

  /** Two of each of many, so that there are that many in all. */
  private void fill(int many) throws IOException {
    for (int i = 0; count < many; i++) {
      come("others-" + i / Transfers.ALWAYS_TAKEN, 1);
    }
  }

  private int count;

  private void come(String who, int many) throws IOException {
    for (int i = 0; i < many; i++) {
      transfers.in(who, () -> ended.add(who)).waits();
      count++;
    }
  }

  private final class Passing extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }
  }
}
