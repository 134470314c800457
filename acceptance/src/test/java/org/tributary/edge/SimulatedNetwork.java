package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Part;
import org.tributary.wire.Rows;
import org.tributary.wire.SetAside;
import org.tributary.wire.Sketches;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Welcome;

/**
 * A way to a central in the same thread: everything is encoded and decoded as on a wire, counted,
 * and lost on request, the question or the answer, or delivered a second time and late.
 */
final class SimulatedNetwork implements Transport {

  private static final int BATCHES_UNDER_WAY = 6;

  private final SimulatedCentral central;
  private final GatewayId gateway;
  private final Random random;
  private final Lifeline life;
  private final Deque<byte[]> underWay = new ArrayDeque<>();
  private final List<Batch> batches = new ArrayList<>();
  private boolean isCut;
  private int lossesPerHundred;
  private long bytes;
  private long bytesSent;
  private int requests;

  /**
   * @param life of the gateway's process, which may end before a question and after an answer
   */
  SimulatedNetwork(SimulatedCentral central, GatewayId gateway, Random random, Lifeline life) {
    this.central = central;
    this.gateway = gateway;
    this.random = random;
    this.life = life;
  }

  /** Nothing gets through. */
  void cut() {
    isCut = true;
  }

  /** Something gets through again. */
  void mend() {
    isCut = false;
  }

  boolean isCut() {
    return isCut;
  }

  void lose(int perHundred) {
    lossesPerHundred = perHundred;
  }

  /** Bytes both ways, headers not counted. */
  long bytes() {
    return bytes;
  }

  /** Bytes to central. */
  long bytesSent() {
    return bytesSent;
  }

  int requests() {
    return requests;
  }

  void forgetCounts() {
    bytes = 0;
    bytesSent = 0;
    requests = 0;
    batches.clear();
  }

  @Override
  public boolean takesNewestFirst() {
    return true;
  }

  /** The batches with rows that were sent since counts were forgotten, in their order. */
  List<Batch> batches() {
    return batches;
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    byte[] question = SyncJson.write(greeting);
    return SyncJson.readWelcome(
        exchange(
            question,
            ingest -> SyncJson.write(ingest.greet(SyncJson.readGreeting(question), "0.1.0"))));
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    byte[] question = BatchCodec.encode(batch);
    remember(question);
    Ack ack =
        SyncJson.readAck(
            exchange(question, ingest -> SyncJson.write(ingest.accept(gateway, read(question)))));
    if (batch.table().isSeries()) {
      Set<String> apart = ack.setAside().stream().map(SetAside::key).collect(Collectors.toSet());
      Rows rows = batch.rows();
      central.acknowledged(rows.where(row -> !apart.contains(String.valueOf(rows.keyAt(row)))));
    }
    return ack;
  }

  private static Batch read(byte[] body) throws IOException {
    return BatchCodec.decode(body, 50_000, 1 << 24);
  }

  private void remember(byte[] question) {
    underWay.addLast(question);
    if (underWay.size() > BATCHES_UNDER_WAY) {
      underWay.removeFirst();
    }
  }

  @Override
  public Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    byte[] question = DigestCodec.encode(claims);
    return Optional.of(
        DigestCodec.decodeDifferences(
            exchange(
                question,
                ingest ->
                    DigestCodec.encodeDifferences(
                        ingest.differences(gateway, DigestCodec.decodeClaims(question))))));
  }

  @Override
  public List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    byte[] question = DigestCodec.encode(sketches);
    return DigestCodec.decodeParts(
        exchange(
            question,
            ingest ->
                DigestCodec.encodeParts(
                    ingest.parts(gateway, DigestCodec.decodeSketches(question)))));
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException {
    life.step();
    if (isCut) {
      throw new IOException("The link is down");
    }
    return central.ingest().gateway(gateway);
  }

  private interface Answering {
    byte[] by(Ingest ingest) throws IOException, RefusedGatewayException;
  }

  private byte[] exchange(byte[] question, Answering answering)
      throws IOException, RefusedException {
    life.step();
    requests++;
    if (isCut || random.nextInt(200) < lossesPerHundred) {
      throw new IOException("The question was lost");
    }
    deliverAnOldOne();
    bytes += question.length;
    bytesSent += question.length;
    byte[] answer;
    try {
      answer = answering.by(central.ingest());
    } catch (RefusedGatewayException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (central.isDown() && random.nextBoolean()) {
        central.restart(); // up again for what the gateway asks next
      }
      throw e;
    }
    if (central.isDown()) {
      throw new IOException("Central was killed before it could answer");
    }
    life.step();
    if (random.nextInt(200) < lossesPerHundred) {
      throw new IOException("The answer was lost");
    }
    bytes += answer.length;
    return answer;
  }

  /** Something on the way kept a batch that was answered already, or given up, and delivers it. */
  private void deliverAnOldOne() throws IOException {
    if (!underWay.isEmpty() && random.nextInt(1_000) < lossesPerHundred && !central.isDown()) {
      central.forgetAcknowledged(); // it may tell central to delete what is not in it
      try {
        central.ingest().accept(gateway, read(underWay.getFirst()));
      } catch (RefusedGatewayException e) {
        // central was brought back from before it knew the gateway
      }
    }
  }
}
