package org.tributary.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Batches of series as nodes fill them, frame after frame, with all that goes wrong in a house:
 * sensors that fail or come anew, spikes, clocks that jump. The same seed makes the same batch.
 */
final class RandomFrames {

  private static final double[] SPIKES = {
    1e38,
    -1.1e38,
    3e-9,
    Double.NaN,
    Double.longBitsToDouble(0x7FF8_0000_0000_002AL),
    -0.0,
    1.0 / 3,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    Double.NEGATIVE_INFINITY,
    0x1p53
  };
  private static final long[] PACES = {0, 1, 17, 1_000, 300_000_000, 307_200_000};

  private final Table table;
  private final Random random;
  private final Map<List<Long>, Double> last = new HashMap<>();

  private RandomFrames(Table table, long seed) {
    this.table = table;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 2); // neighbours begin unalike
  }

  static Batch batch(Table table, long seed) {
    return new RandomFrames(table, seed).batch();
  }

  private Batch batch() {
    List<Column> columns = new ArrayList<>(table.columns());
    if (random.nextInt(4) == 0) {
      columns.removeIf(
          column -> column.name().equals("locationId") || column.name().equals("rssi"));
      Collections.shuffle(columns, random);
    }
    List<Map<String, Object>> rows = rows();
    if (random.nextInt(5) == 0) {
      Collections.shuffle(rows, random);
    }
    Rows.Builder built = new Rows.Builder(table, columns, 0);
    for (Map<String, Object> row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        Object cell = row.get(columns.get(i).name());
        if (cell != null && columns.get(i).type() == ColumnType.TIME) {
          built.addLong(i, (Long) cell);
        } else {
          built.add(i, cell);
        }
      }
      built.endRow();
    }
    return new Batch(
        table, Lane.LIVE, Optional.empty(), Optional.empty(), built.build(), List.of());
  }

  private List<Map<String, Object>> rows() {
    int nodes = 1 + random.nextInt(5);
    long[] ids = random.longs(nodes, -3, 1 << random.nextInt(2, 30)).toArray();
    long[] clocks = random.longs(nodes, -1L << 50, 1L << 50).toArray();
    long pace = PACES[random.nextInt(PACES.length)];
    long jitter = random.nextBoolean() ? 1 : 1 + pace / 100;
    int[] shapes = random.ints(nodes, 0, 16).toArray(); // a bit a type
    List<Map<String, Object>> rows = new ArrayList<>();
    int frames = random.nextInt(80);
    for (int frame = 0; frame < frames; frame++) {
      int node = random.nextInt(3) == 0 ? random.nextInt(nodes) : frame % nodes;
      clocks[node] += random.nextInt(50) == 0 ? random.nextLong() : pace + random.nextLong(jitter);
      if (random.nextInt(20) == 0) {
        shapes[node] = random.nextInt(16);
      }
      for (long type = 0; type < 4; type++) {
        if ((shapes[node] >> type & 1) == 1 || type == 3) {
          rows.add(row(clocks[node], ids[node], type, frame));
        }
      }
    }
    return rows;
  }

  private Map<String, Object> row(long time, long node, long type, int frame) {
    Map<String, Object> row = new HashMap<>();
    row.put("time", time);
    row.put("nodeId", node);
    row.put("type", type);
    row.put("locationId", node % 2 == 0 ? null : node % 7 + (random.nextInt(40) == 0 ? 1 : 0));
    row.put("parent", random.nextInt(20) == 0 ? null : 40_960L);
    row.put("localtime", type == 1 ? random.nextLong() : null);
    row.put("seq_num", (long) frame);
    row.put("rssi", -80L + random.nextInt(5));
    row.put("value", random.nextInt(30) == 0 ? null : value(node, type));
    return row;
  }

  private Double value(long node, long type) {
    if (node % 3 == 0 && type == 2) {
      return random.nextGaussian(); // with every digit that a double has
    }
    if (random.nextInt(20) == 0) {
      return SPIKES[random.nextInt(SPIKES.length)];
    }
    double before = last.getOrDefault(List.of(node, type), 20.0);
    double now = type == 1 ? before : before + random.nextInt(-30, 30) / 100.0;
    last.put(List.of(node, type), now);
    return Math.rint(now * 100) / 100;
  }
}
