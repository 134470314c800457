package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdmissionTest {

  private static final int AT_ONCE = 4;
  private static final int ROOM = 3_000;

  private final SetClock clock = new SetClock();
  private final Admission admission = admission(Duration.ZERO);

  /** What is asked while a request is being answered. */
  private volatile Inside inside = () -> {};

  private interface Inside {
    void run() throws IOException;
  }

  @Test
  void answer_whenAsManyAreInsideAsMayBe_sendsTheNextAwayAndTellsItWhenToCome() throws Exception {
    List<Response> answers = new ArrayList<>();

    int served = crowd(AT_ONCE, () -> answers.add(ask()));

    assertThat(served).isEqualTo(AT_ONCE);
    assertThat(answers).hasSize(1);
    assertThat(text(answers.get(0))).contains("\"status\":429").contains("its turn later");
    assertThat(text(ask())).isEqualTo("{}");
  }

  @Test
  void answer_whileTheMemoryForBodiesIsTaken_sendsLargeOnesAwayAndSmallOnesNot() throws Exception {
    Map<String, String> unknown = Map.of("Transfer-Encoding", "chunked"); // so as large as may be
    List<Response> answers = new ArrayList<>();
    inside =
        () -> {
          inside =
              () -> {
                inside =
                    () -> {
                      inside = () -> {};
                      answers.add(ask(Map.of("Content-Length", "1")));
                      answers.add(ask(unknown));
                      answers.add(ask(Map.of("Content-Length", "a")));
                      answers.add(ask(Map.of("Content-Length", "0")));
                    };
                ask(unknown);
              };
          ask(Map.of("Content-Length", "1000000000"));
        };

    ask(unknown);

    assertThat(answers).extracting(AdmissionTest::text).element(3).isEqualTo("{}");
    assertThat(answers.subList(0, 3))
        .allSatisfy(answer -> assertThat(text(answer)).contains("\"status\":429"));
    assertThat(text(ask(unknown))).isEqualTo("{}");
  }

  @Test
  void answer_ofARequestThatFails_leavesItsPlace() {
    inside =
        () -> {
          throw new IOException("broken off");
        };

    for (int i = 0; i < 3 * AT_ONCE; i++) {
      assertThatThrownBy(this::ask).hasMessage("broken off");
    }
  }

  @Test
  void pause_growsWithTheCrowdAndIsNothingInQuietTimes() throws Exception {
    List<Duration> pauses = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      inside = () -> clock.advance(Duration.ofMillis(800)); // what a request takes
      ask();
    }
    for (int crowd = 1; crowd <= AT_ONCE; crowd++) {
      crowd(crowd, () -> pauses.add(admission.pause()));
    }

    assertThat(pauses.subList(0, 2)).containsOnly(Duration.ZERO);
    assertThat(pauses.get(2)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(pauses.get(3)).isGreaterThan(pauses.get(2));
    assertThat(admission.pause()).isZero();
  }

  @Test
  void answer_theMoreAreSentAwayTheLaterTheyComeBackAndNeverAllAtOnce() throws Exception {
    inside = () -> clock.advance(Duration.ofMillis(800));
    for (int round = 0; round < 200; round++) {
      ask();
    }
    List<Integer> seconds = new ArrayList<>();

    crowd(
        AT_ONCE,
        () -> {
          for (int i = 0; i < 200; i++) {
            seconds.add(seconds(ask()));
          }
        });

    assertThat(seconds.subList(0, 10)).allMatch(each -> each >= 1 && each <= 5);
    assertThat(seconds.subList(150, 200)).allMatch(each -> each >= 1 && each <= 61);
    assertThat(seconds.subList(150, 200).stream().distinct().count()).isGreaterThan(15);
    assertThat(seconds.subList(150, 200).stream().mapToInt(each -> each).average().orElseThrow())
        .isBetween(20.0, 45.0); // 175 of 0.8 s each, four at once, take 35 s
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void answer_whenAPlaceBecomesFreeInTime_letsWhoWaitsIn() throws Exception {
    Admission patient = admission(Duration.ofSeconds(50));
    CountDownLatch allInside = new CountDownLatch(AT_ONCE);
    CountDownLatch mayLeave = new CountDownLatch(1);
    inside =
        () -> {
          allInside.countDown();
          await(mayLeave);
        };
    ExecutorService gateways = Executors.newFixedThreadPool(AT_ONCE + 1);
    try {
      List<Future<Response>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(gateways.submit(() -> ask(patient)));
      }
      await(allInside);
      answers.add(gateways.submit(() -> ask(patient)));
      mayLeave.countDown();

      for (Future<Response> answer : answers) {
        assertThat(text(answer.get())).isEqualTo("{}");
      }
    } finally {
      gateways.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(50, TimeUnit.SECONDS)) {
        throw new IOException("Nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private Admission admission(Duration patience) {
    return new Admission(AT_ONCE, 1_000, new Room(ROOM), patience, clock, new Random(1));
  }

  /** Fills the place with so many, then does something, then lets all leave; how many got in. */
  private int crowd(int many, Inside then) throws IOException {
    int[] served = {0};
    Inside before = inside;
    inside =
        () -> {
          served[0]++;
          if (served[0] < many) {
            ask();
          } else {
            then.run();
          }
        };
    ask();
    inside = before;
    return served[0];
  }

  private Response ask() throws IOException {
    return ask(admission);
  }

  private Response ask(Map<String, String> headers) throws IOException {
    return admission
        .guarding(new Asked())
        .answer(TestRequest.of("POST", "/sync/batch").with(headers));
  }

  private Response ask(Admission door) throws IOException {
    return door.guarding(new Asked()).answer(TestRequest.of("POST", "/sync/batch"));
  }

  private static String text(Response response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int seconds(Response response) {
    return Integer.parseInt(response.headers().get("Retry-After"));
  }

  private final class Asked implements Endpoint {
    @Override
    public Method method() {
      return Method.POST;
    }

    @Override
    public String path() {
      return "/sync/batch";
    }

    @Override
    public Audience audience() {
      return Audience.GATEWAYS;
    }

    @Override
    public Response answer(Request request) throws IOException {
      inside.run();
      return Response.json(new byte[] {'{', '}'});
    }
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
