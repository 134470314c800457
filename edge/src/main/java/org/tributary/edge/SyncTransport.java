package org.tributary.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.doctor.HealthAnswer;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LaterException;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.NameHolder;
import org.tributary.wire.NameJson;
import org.tributary.wire.Part;
import org.tributary.wire.Plan;
import org.tributary.wire.PlanCodec;
import org.tributary.wire.Proposal;
import org.tributary.wire.SetAside;
import org.tributary.wire.Sketches;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Welcome;
import org.tributary.wire.WireFormatException;

/** The sync protocol over HTTP: the way to a central of ours. Thread-safe. */
final class SyncTransport implements Transport {

  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(20);

  // Whatever a central says, a gateway goes on.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final int TOO_MANY = 429;
  // How often a request of one push waits for its turn before the push is given up for later.
  private static final int TURNS = 5;

  private final HttpLink link;
  private final GatewayId gateway;
  private final Consumer<Duration> pauses;
  private final int turns;
  // As agreed when central was last greeted; whoever has not greeted yet speaks as of old.
  private volatile int protocol = SyncApi.OLDEST_PROTOCOL;

  /**
   * @param base where central's paths begin, ending in a slash
   */
  SyncTransport(URI base, GatewayId gateway, LinkSecurity security) {
    this(
        base, gateway, security, pause -> {}, 0, HttpLink.CONNECT_TIMEOUT, HttpLink.ANSWER_TIMEOUT);
  }

  /**
   * @param pauses waits as long as central wishes, between batches and for its turn
   */
  SyncTransport(URI base, GatewayId gateway, LinkSecurity security, Consumer<Duration> pauses) {
    this(base, gateway, security, pauses, TURNS, HttpLink.CONNECT_TIMEOUT, HttpLink.ANSWER_TIMEOUT);
  }

  /**
   * @param answerTimeout for a whole exchange, from the first byte sent to the last one received
   */
  SyncTransport(URI base, GatewayId gateway, Duration connectTimeout, Duration answerTimeout) {
    this(base, gateway, LinkSecurity.NONE, pause -> {}, 0, connectTimeout, answerTimeout);
  }

  private SyncTransport(
      URI base,
      GatewayId gateway,
      LinkSecurity security,
      Consumer<Duration> pauses,
      int turns,
      Duration connectTimeout,
      Duration answerTimeout) {
    this.pauses = pauses;
    this.turns = turns;
    this.link =
        new HttpLink(RemoteConfig.withoutRest(base), security, connectTimeout, answerTimeout);
    this.gateway = gateway;
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    Welcome welcome =
        SyncJson.readWelcome(
            exchange(post(SyncApi.GREETING, SyncApi.JSON_TYPE, SyncJson.write(greeting))));
    protocol = SyncApi.commonProtocol(welcome.protocol());
    return welcome;
  }

  @Override
  public OptionalLong sentBytes() {
    return OptionalLong.of(link.bytesSent());
  }

  @Override
  public boolean takesNewestFirst() {
    return true;
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    Turn turn = new Turn();
    Ack ack =
        SyncJson.readAck(
            turn.exchange(
                post(SyncApi.BATCH, SyncApi.BATCH_TYPE, BatchCodec.encode(batch, protocol))));
    Duration wished = ack.pause().compareTo(LONGEST_PAUSE) < 0 ? ack.pause() : LONGEST_PAUSE;
    if (!wished.isZero()) {
      pauses.accept(wished);
    }
    return ack.pausing(turn.waited.plus(wished));
  }

  @Override
  public Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    return Optional.of(
        DigestCodec.decodeDifferences(
            exchange(post(SyncApi.DIGESTS, SyncApi.DIGESTS_TYPE, DigestCodec.encode(claims)))));
  }

  @Override
  public List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    return DigestCodec.decodeParts(
        exchange(post(SyncApi.SKETCHES, SyncApi.DIGESTS_TYPE, DigestCodec.encode(sketches))));
  }

  @Override
  public Optional<List<MetadataChange>> changes(Holdings holdings)
      throws IOException, RefusedException {
    return Optional.of(
        MetadataJson.readChanges(
            exchange(post(SyncApi.CHANGES, SyncApi.JSON_TYPE, MetadataJson.write(holdings)))));
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException, RefusedException {
    HttpResponse<byte[]> answer = link.answer(request(SyncApi.gateway(gateway)).GET().build());
    if (answer.statusCode() == 404 && isProblem(answer)) {
      return Optional.empty();
    }
    return Optional.of(SyncJson.readGatewayStatus(body(answer)));
  }

  /**
   * Tries a greeting; nothing is noted of it. The machine whose place this one would take, if
   * another goes by the name; empty also where central is too old to know the question.
   *
   * @throws RefusedException if it would be refused, with what it would be told
   */
  Optional<NameHolder> tryGreeting(Greeting greeting) throws IOException, RefusedException {
    HttpResponse<byte[]> answer =
        link.answer(post(SyncApi.NAME, SyncApi.JSON_TYPE, SyncJson.write(greeting)));
    return answer.statusCode() == 404 && isProblem(answer)
        ? Optional.empty()
        : NameJson.read(body(answer));
  }

  @Override
  public List<SetAside> setAside() throws IOException, RefusedException {
    return SyncJson.readSetAside(exchange(request(SyncApi.setAside(gateway)).GET().build()));
  }

  /**
   * The way back: central's rows of this gateway.
   *
   * @param machine that goes by its name, as it has greeted
   */
  Returns returns(String machine) {
    return new SyncReturns(
        (path, type, body) ->
            exchange(
                link.request(path.substring(1))
                    .header(SyncApi.GATEWAY_HEADER, gateway.value())
                    .header(SyncApi.MACHINE_HEADER, machine)
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build()));
  }

  /** Empty where central is too old to know the question. */
  @Override
  public Optional<Plan> plan(Proposal proposal) throws IOException, RefusedException {
    HttpResponse<byte[]> answer =
        link.answer(post(SyncApi.PLAN, SyncApi.PLAN_TYPE, PlanCodec.encode(proposal)));
    if (answer.statusCode() == 404 && isProblem(answer)) {
      return Optional.empty();
    }
    return Optional.of(PlanCodec.decodePlan(body(answer)));
  }

  /** Whatever answers when it is asked how it is, be it a central of ours or not. */
  HealthAnswer health() throws IOException {
    HttpResponse<byte[]> answer =
        link.answer(request(SyncApi.HEALTH).timeout(HEALTH_TIMEOUT).GET().build());
    HttpHeaders headers = answer.headers();
    return new HealthAnswer(
        answer.statusCode(),
        headers.firstValue("Content-Type").orElse(""),
        headers.firstValue("Location"),
        HttpLink.date(answer),
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpRequest post(String path, String type, byte[] body) throws IOException {
    return request(path)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpRequest.Builder request(String path) throws IOException {
    return link.request(path.substring(1)).header(SyncApi.GATEWAY_HEADER, gateway.value());
  }

  private byte[] exchange(HttpRequest request) throws IOException, RefusedException {
    return new Turn().exchange(request);
  }

  private byte[] body(HttpResponse<byte[]> answer) throws IOException, RefusedException {
    int status = answer.statusCode();
    if (status == 200) {
      return answer.body();
    }
    String what =
        SyncJson.readProblem(answer.body())
            .orElse(answer.uri() + " answered with status " + status);
    if (HttpLink.isLater(status)) {
      throw new LaterException(what, HttpLink.retryAfter(answer));
    }
    if (status == 413) {
      throw new BatchTooLargeException(what); // a proxy on the way may say so as well
    }
    if (!isProblem(answer)) {
      // A captive portal, a proxy, another program: no word of central's, so nothing is decided.
      throw new WireFormatException(what + "; is this a Tributary central?");
    }
    throw new RefusedException(what);
  }

  private static boolean isProblem(HttpResponse<byte[]> answer) {
    return answer
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith(SyncApi.PROBLEM_TYPE))
            .isPresent()
        && SyncJson.readProblem(answer.body()).isPresent();
  }

  /**
   * One request, sent again when central says, as long as it has no place. It has stored nothing of
   * it; and a push that began anew instead would ask for many more places. Not thread-safe.
   */
  private final class Turn {
    private Duration waited = Duration.ZERO;

    byte[] exchange(HttpRequest request) throws IOException, RefusedException {
      HttpResponse<byte[]> answer = link.answer(request);
      for (int turn = 1; turn <= turns && answer.statusCode() == TOO_MANY; turn++) {
        Optional<Duration> wait =
            HttpLink.retryAfter(answer).filter(asked -> asked.compareTo(LONGEST_PAUSE) <= 0);
        if (wait.isEmpty()) {
          break;
        }
        pauses.accept(wait.get());
        waited = waited.plus(wait.get());
        answer = link.answer(request);
      }
      return body(answer);
    }
  }
}
