package org.tributary.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;

/**
 * Encodes and decodes real batches, one after the other; a score is rows a microsecond of one
 * thread, that is millions a second. Run it by {@code bench/codec.sh}, which prints bytes as well.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(CodecBenchmark.ROWS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class CodecBenchmark {

  static final int ROWS = 10_000;

  private static final int MAX_BYTES = 64 << 20;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  /** What travels. */
  @Param({"readings", "states"})
  public String rows = "readings";

  /** Version of the protocol that the reader speaks: 1 columns, 2 frames. */
  @Param({"2", "1"})
  public int protocol = 2;

  private List<Batch> batches = List.of();
  private List<byte[]> bodies = List.of();
  private int next;

  public static void main(String[] args) throws Exception {
    for (String rows : List.of("readings", "states")) {
      for (int protocol : new int[] {2, 1}) {
        CodecBenchmark codec = new CodecBenchmark();
        codec.rows = rows;
        codec.protocol = protocol;
        codec.load();
        long bytes = codec.bodies.stream().mapToLong(body -> body.length).sum();
        System.out.printf(
            Locale.ROOT,
            "%d batches of %,d %s, protocol %d: %.4f bytes a row; of processor time, in millions a"
                + " second: encode %.1f, decode %.1f%n",
            codec.bodies.size(),
            ROWS,
            rows,
            protocol,
            (double) bytes / codec.bodies.size() / ROWS,
            codec.millionsASecond(codec::encode),
            codec.millionsASecond(codec::decode));
      }
    }
    String[] all = new String[args.length + 1];
    all[0] = CodecBenchmark.class.getSimpleName();
    System.arraycopy(args, 0, all, 1, args.length);
    org.openjdk.jmh.Main.main(all);
  }

  /**
   * The best of some rounds: on a machine that others use as well, time on the wall says little.
   */
  private double millionsASecond(Callable<?> work) throws Exception {
    double best = 0;
    for (int round = 0; round < 20; round++) {
      long begun = CPU.getCurrentThreadCpuTime();
      for (int i = 0; i < batches.size(); i++) {
        work.call();
      }
      double micros = (CPU.getCurrentThreadCpuTime() - begun) / 1e3;
      best = Math.max(best, batches.size() * (double) ROWS / micros);
    }
    return best;
  }

  /** Reads the real readings and encodes them. */
  @Setup
  public void load() throws IOException {
    List<RealReadings.Sample> samples = RealReadings.all(Path.of("data"));
    batches =
        "readings".equals(rows)
            ? RealBatches.readings(samples, ROWS)
            : RealBatches.states(samples, ROWS);
    bodies = batches.stream().map(batch -> BatchCodec.encode(batch, protocol)).toList();
  }

  /** One batch to its body. */
  @Benchmark
  public byte[] encode() {
    next = (next + 1) % batches.size();
    return BatchCodec.encode(batches.get(next), protocol);
  }

  /** One body to its batch. */
  @Benchmark
  public Batch decode() throws IOException {
    next = (next + 1) % bodies.size();
    return BatchCodec.decode(bodies.get(next), ROWS, MAX_BYTES);
  }
}
