package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tributary.store.access.Holder;
import org.tributary.store.access.Role;
import org.tributary.wire.GatewayId;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TurnsTest {

  static final Caller FLOODING = Caller.withKey(new Holder(Role.GATEWAY, "flooding"));
  static final Caller BEHAVED = Caller.withKey(new Holder(Role.GATEWAY, "behaved"));

  final Turns turns = new Turns();
  final ExecutorService senders = Executors.newCachedThreadPool();
  final CountDownLatch mayLeave = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayLeave.countDown();
    senders.shutdownNow();
  }

  @Test
  void answer_whenOneFloods_sendsItsOthersAwayAndServesTheRest() throws Exception {
    List<Future<Response>> running = occupy(FLOODING, Turns.OF_A_GATEWAY);

    for (int i = 0; i < 100; i++) {
      Response sentAway = ask(FLOODING, new Quick(429));
      assertThat(text(sentAway)).contains("\"status\":429").contains("4 requests of one sender");
      assertThat(sentAway.headers()).containsKey("Retry-After");
      assertThat(text(ask(BEHAVED, new Quick(429)))).isEqualTo("{}");
    }

    mayLeave.countDown();
    for (Future<Response> each : running) {
      assertThat(text(each.get())).isEqualTo("{}");
    }
    assertThat(text(ask(FLOODING, new Quick(429)))).isEqualTo("{}");
  }

  @Test
  void answer_ofARequestThatFails_leavesItsTurn() {
    for (int i = 0; i < 3 * Turns.OF_A_GATEWAY; i++) {
      assertThat(failing(FLOODING)).hasMessage("broken off");
    }
  }

  @Test
  void answer_whereEverySuccessEndsWhatIsKept_saysSoByThatStatus() throws Exception {
    occupy(FLOODING, Turns.OF_A_GATEWAY);

    assertThat(text(ask(FLOODING, new Quick(500)))).contains("\"status\":500");
  }

  @Test
  void answer_countsTokensStrangersAndThoseWhoOnlySayTheirNameEachForItself() throws Exception {
    Caller token = Caller.withKey(new Holder(Role.UPLOADER, "flooding"));
    Caller said = Caller.anybody(Optional.of(new GatewayId("said")));
    occupy(FLOODING, Turns.OF_A_GATEWAY);
    occupy(token, Turns.OF_OTHERS);
    occupy(Caller.STRANGER, Turns.OF_STRANGERS);
    occupy(said, Turns.OF_A_GATEWAY);

    for (Caller each : List.of(FLOODING, token, Caller.STRANGER, said)) {
      assertThat(text(ask(each, new Quick(429)))).contains("\"status\":429");
    }
    assertThat(text(ask(Caller.anybody(Optional.empty()), new Quick(429)))).isEqualTo("{}");
  }

  /** Has so many requests running until they may leave. */
  private List<Future<Response>> occupy(Caller caller, int many) throws Exception {
    CountDownLatch inside = new CountDownLatch(many);
    List<Future<Response>> running = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      running.add(
          senders.submit(
              () ->
                  ask(
                      caller,
                      new Asked(429) {
                        @Override
                        public Response answer(Request request) throws IOException {
                          inside.countDown();
                          await(mayLeave);
                          return Response.json(new byte[] {'{', '}'});
                        }
                      })));
    }
    await(inside);
    return running;
  }

  private Throwable failing(Caller caller) {
    return catchThrowable(
        () ->
            ask(
                caller,
                new Asked(429) {
                  @Override
                  public Response answer(Request request) throws IOException {
                    throw new IOException("broken off");
                  }
                }));
  }

  private Response ask(Caller caller, Endpoint endpoint) throws IOException {
    return turns.guarding(endpoint).answer(TestRequest.of("POST", "/sync/batch").by(caller));
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

  private static String text(Response response) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    response.body().writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private abstract static class Asked implements Endpoint {
    private final int crowded;

    Asked(int crowded) {
      this.crowded = crowded;
    }

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
    public int crowdedStatus() {
      return crowded;
    }
  }

  private static final class Quick extends Asked {
    Quick(int crowded) {
      super(crowded);
    }

    @Override
    public Response answer(Request request) {
      return Response.json(new byte[] {'{', '}'});
    }
  }
}
