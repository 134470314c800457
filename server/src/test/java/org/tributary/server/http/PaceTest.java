package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PaceTest {

  final SetClock clock = new SetClock();
  final Transfers.Transfer transfer = new Transfers(clock).out("somebody", () -> {});

  @Test
  void read_ofWhatDrips_failsSoonAfterTheGrace() {
    InputStream dripping =
        Pace.of(sending(Duration.ofSeconds(1), Integer.MAX_VALUE), clock, transfer);

    assertThatThrownBy(dripping::readAllBytes)
        .isInstanceOf(TooSlowException.class)
        .hasMessage("21 bytes in 21 s are too few: 100 a second are expected");
  }

  @Test
  void read_ofAnySlowLinkThatIsInUse_goesOn() throws IOException {
    InputStream slow = Pace.of(sending(Duration.ofMillis(9), 100_000), clock, transfer);

    assertThat(slow.readAllBytes()).hasSize(100_000);
  }

  @Test
  void read_countsOnlyTheTimeThatIsSpentWaiting() throws IOException {
    InputStream quick = Pace.of(sending(Duration.ZERO, 1_000), clock, transfer);

    for (int i = 0; i < 1_000; i++) {
      assertThat(quick.read()).isZero();
      clock.advance(Duration.ofMinutes(1)); // what is done with it takes its time
    }
  }

  @Test
  @SuppressWarnings("InputStreamSlowMultibyteRead") // which is what it is for
  void read_whenTheClockJumps_goesOn() throws IOException {
    InputStream in =
        Pace.of(
            new InputStream() {
              int read;

              @Override
              public int read() {
                clock.advance(Duration.ofDays(read == 9_000 ? 9_000 : -1));
                return read++ < 10_000 ? 0 : -1;
              }
            },
            clock,
            transfer);

    assertThat(in.readAllBytes()).hasSize(10_000);
  }

  @Test
  void write_toOneWhoTakesLittle_fails() {
    OutputStream out =
        Pace.of(
            new OutputStream() {
              @Override
              public void write(int one) {
                clock.advance(Duration.ofMillis(50));
              }
            },
            clock,
            transfer);
    byte[] block = new byte[100];

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                out.write(block);
              }
            })
        .isInstanceOf(TooSlowException.class);
  }

  /** Zeros, with a wait before each. */
  private InputStream sending(Duration wait, int many) {
    return new InputStream() {
      int sent;

      @Override
      public int read() {
        clock.advance(wait);
        return sent++ < many ? 0 : -1;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        return read() < 0 ? -1 : 1;
      }
    };
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

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
      return now;
    }
  }
}
