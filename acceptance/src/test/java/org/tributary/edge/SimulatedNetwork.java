package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
import org.tributary.wire.Sketches;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Welcome;

/**
 * A way to a central in the same thread: everything is encoded and decoded as on a wire, counted,
 * and lost on request, the question or the answer.
 */
final class SimulatedNetwork implements Transport {

  private final GatewayId gateway;
  private final Random random;
  private Ingest central;
  private int lossesPerHundred;
  private long bytes;
  private long bytesSent;
  private int requests;
  private final List<Batch> batches = new ArrayList<>();

  SimulatedNetwork(Ingest central, GatewayId gateway, Random random) {
    this.central = central;
    this.gateway = gateway;
    this.random = random;
  }

  void lose(int perHundred) {
    lossesPerHundred = perHundred;
  }

  /** Another database, or the same one brought back from a backup. */
  void reach(Ingest other) {
    central = other;
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
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    byte[] question = SyncJson.write(greeting);
    return SyncJson.readWelcome(
        exchange(
            question,
            () -> SyncJson.write(central.greet(SyncJson.readGreeting(question), "0.1.0"))));
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
  public Ack send(Batch batch) throws IOException, RefusedException {
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    byte[] question = BatchCodec.encode(batch);
    return SyncJson.readAck(
        exchange(
            question,
            () ->
                SyncJson.write(
                    central.accept(gateway, BatchCodec.decode(question, 50_000, 1 << 24)))));
  }

  @Override
  public Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    byte[] question = DigestCodec.encode(claims);
    return Optional.of(
        DigestCodec.decodeDifferences(
            exchange(
                question,
                () ->
                    DigestCodec.encodeDifferences(
                        central.differences(gateway, DigestCodec.decodeClaims(question))))));
  }

  @Override
  public List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    byte[] question = DigestCodec.encode(sketches);
    return DigestCodec.decodeParts(
        exchange(
            question,
            () ->
                DigestCodec.encodeParts(
                    central.parts(gateway, DigestCodec.decodeSketches(question)))));
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException {
    return central.gateway(gateway);
  }

  private interface Answering {
    byte[] run() throws IOException, RefusedGatewayException;
  }

  private byte[] exchange(byte[] question, Answering answering)
      throws IOException, RefusedException {
    requests++;
    if (random.nextInt(200) < lossesPerHundred) {
      throw new IOException("The question was lost");
    }
    bytes += question.length;
    bytesSent += question.length;
    byte[] answer;
    try {
      answer = answering.run();
    } catch (RefusedGatewayException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
    if (random.nextInt(200) < lossesPerHundred) {
      throw new IOException("The answer was lost");
    }
    bytes += answer.length;
    return answer;
  }
}
