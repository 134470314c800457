package org.tributary.acceptance.push;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Stands between a gateway and its central and does to each exchange what a plan says: passes it
 * on, breaks it at a byte, loses its answer, delays it, answers in central's stead. Keeps every
 * request, so that an old one can be sent again. Thread-safe.
 */
public final class ChaosProxy implements AutoCloseable {

  /** What happens to an exchange. */
  public sealed interface Fault {
    /** Nothing happens. */
    record None() implements Fault {}

    /** So many bytes of the request reach central, then the connection breaks on both sides. */
    record CutRequest(int bytes) implements Fault {}

    /** Central does its work; so many bytes of its answer come back, never all of them. */
    record CutAnswer(int bytes) implements Fault {}

    /** The request waits on its way. */
    record Delay(Duration duration) implements Fault {}

    /** Somebody else answers; central hears nothing. */
    record Answer(String response) implements Fault {}

    /** A byte of the request is another when it arrives. */
    record Garble(int at) implements Fault {}

    /** Central does its work; a byte of its answer is another. */
    record GarbleAnswer(int at) implements Fault {}

    /** Central does its work; somebody on the way writes its answer otherwise, and hangs up. */
    record Rewrite(UnaryOperator<String> pen) implements Fault {}

    /** The request reaches central twice; the second answer counts. */
    record Twice() implements Fault {}

    /** Nothing reaches central and nothing comes back for that long, then the line is dead. */
    record BlackHole(Duration duration) implements Fault {}

    /** Both directions trickle. */
    record Slow(int bytesPerSecond) implements Fault {}
  }

  /**
   * A request on its way.
   *
   * @param number from 0, over all connections
   * @param line its first line
   * @param size in bytes, head and body
   */
  public record Exchange(int number, String line, int size) {
    public boolean isBatch() {
      return line.contains("/sync/batch");
    }
  }

  /** Hears what central has answered, whether or not it reaches the gateway. */
  @FunctionalInterface
  public interface Witness {
    void answered(byte[] request, byte[] answer) throws IOException;
  }

  /** Decides what happens. */
  @FunctionalInterface
  public interface Plan {
    Fault faultOf(Exchange exchange);
  }

  private final int centralPort;
  private final ServerSocket listening;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<HttpMessage> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile Plan plan = exchange -> new Fault.None();
  private volatile Witness witness = (request, answer) -> {};
  private volatile int lastAnswerSize;

  public ChaosProxy(int centralPort) throws IOException {
    this.centralPort = centralPort;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("chaos-proxy", this::accept);
  }

  public String url() {
    return "http://127.0.0.1:%d/".formatted(listening.getLocalPort());
  }

  public void follow(Plan newPlan) {
    plan = newPlan;
  }

  public void observe(Witness newWitness) {
    witness = newWitness;
  }

  /** Ends all connections: who wants another one looks for the way anew. */
  public void hangUp() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  public void behave() {
    plan = exchange -> new Fault.None();
  }

  /** How many requests came. */
  public int exchanges() {
    return requests.size();
  }

  /** Bytes of the answer that was last passed on. */
  public int lastAnswerSize() {
    return lastAnswerSize;
  }

  /** The numbers of the requests that were batches. */
  public List<Integer> batches() {
    return java.util.stream.IntStream.range(0, requests.size())
        .filter(number -> requests.get(number).firstLine().contains("/sync/batch"))
        .boxed()
        .toList();
  }

  /** Sends an old request to central once more; the first line of its answer. */
  public String replay(int number) throws IOException {
    try (Socket central = connect()) {
      central.getOutputStream().write(requests.get(number).bytes());
      central.getOutputStream().flush();
      return HttpMessage.read(central.getInputStream()).firstLine();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    hangUp();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      open.add(client);
      start("chaos-connection", () -> carry(client));
    }
  }

  private void carry(Socket client) throws IOException {
    try (client;
        Socket central = connect()) {
      while (exchange(client, central)) {}
    } finally {
      open.remove(client);
    }
  }

  /** One request and its answer; false if the connection is at its end. */
  private boolean exchange(Socket client, Socket central) throws IOException {
    HttpMessage request = HttpMessage.read(client.getInputStream());
    if (request.bytes().length == 0) {
      return false;
    }
    int number = numbers.getAndIncrement();
    requests.add(request);
    Fault fault = plan.faultOf(new Exchange(number, request.firstLine(), request.bytes().length));
    OutputStream toCentral = central.getOutputStream();
    OutputStream toClient = client.getOutputStream();
    if (fault instanceof Fault.CutRequest cut) {
      toCentral.write(request.bytes(), 0, Math.min(cut.bytes(), request.bytes().length));
      toCentral.flush();
      reset(central);
      reset(client);
      return false;
    }
    if (fault instanceof Fault.Answer answer) {
      toClient.write(answer.response().getBytes(StandardCharsets.ISO_8859_1));
      toClient.flush();
      return false;
    }
    if (fault instanceof Fault.BlackHole hole) {
      pause(hole.duration());
      return false;
    }
    if (fault instanceof Fault.Delay delay) {
      pause(delay.duration());
    }
    if (fault instanceof Fault.Twice) {
      toCentral.write(request.bytes());
      toCentral.flush();
      HttpMessage first = HttpMessage.read(central.getInputStream());
      if (first.bytes().length == 0) {
        return false;
      }
    }
    byte[] sent =
        fault instanceof Fault.Garble garble ? garbled(request, garble.at()) : request.bytes();
    write(toCentral, sent, fault);
    HttpMessage answer = HttpMessage.read(central.getInputStream());
    if (answer.bytes().length == 0) {
      return false;
    }
    lastAnswerSize = answer.bytes().length;
    witness.answered(request.bytes(), answer.bytes());
    if (fault instanceof Fault.CutAnswer cut) {
      toClient.write(answer.bytes(), 0, Math.min(cut.bytes(), answer.bytes().length - 1));
      toClient.flush();
      if (cut.bytes() % 2 == 0) {
        reset(client); // what was sent may be lost as well
      }
      return false;
    }
    if (fault instanceof Fault.GarbleAnswer garble) {
      toClient.write(garbled(answer, garble.at()));
      toClient.flush();
      return false;
    }
    if (fault instanceof Fault.Rewrite rewrite) {
      String text = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
      toClient.write(rewrite.pen().apply(text).getBytes(StandardCharsets.ISO_8859_1));
      toClient.flush();
      return false;
    }
    write(toClient, answer.bytes(), fault);
    return true;
  }

  private static void write(OutputStream to, byte[] bytes, Fault fault) throws IOException {
    if (fault instanceof Fault.Slow slow) {
      int piece = Math.max(1, slow.bytesPerSecond() / 20);
      for (int from = 0; from < bytes.length; from += piece) {
        to.write(bytes, from, Math.min(piece, bytes.length - from));
        to.flush();
        pause(Duration.ofMillis(50));
      }
    } else {
      to.write(bytes);
      to.flush();
    }
  }

  /** A byte behind the head, if there is one, is another. */
  private static byte[] garbled(HttpMessage message, int at) {
    byte[] bytes = message.bytes().clone();
    int body = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    if (body < bytes.length) {
      bytes[body + Math.floorMod(at, bytes.length - body)] ^= 0x55;
    }
    return bytes;
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), centralPort);
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void pause(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two ends has gone; the other hears of it by the closing.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
