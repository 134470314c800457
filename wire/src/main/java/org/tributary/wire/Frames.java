package org.tributary.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows of a series as frames: what one node measured at one time. A frame is a run of rows that
 * share both, and all that is told of it is its shape and its time.
 */
final class Frames {

  private final List<Shape> shapes;
  private final int[] shapeOf; // by frame
  private final long[] times; // by frame, microseconds

  private Frames(List<Shape> shapes, int[] shapeOf, long[] times) {
    this.shapes = shapes;
    this.shapeOf = shapeOf;
    this.times = times;
  }

  /** Finds the frames of rows in whatever order; none of the three columns may hold a null. */
  static Frames of(Cells time, Cells node, Optional<Cells> type, int size) {
    List<Shape> shapes = new ArrayList<>();
    Map<Shape, Integer> known = new HashMap<>();
    Map<Long, Integer> lastOf = new HashMap<>(); // by node: its shapes seldom change
    int[] shapeOf = new int[size];
    long[] times = new long[size];
    int frames = 0;
    int end;
    for (int row = 0; row < size; row = end) {
      end = endOfFrame(time, node, row, size);
      long nodeId = node.longAt(row);
      Integer shape = lastOf.get(nodeId);
      if (shape == null || !has(shapes.get(shape), type, row, end)) {
        shape =
            known.computeIfAbsent(
                new Shape(nodeId, types(type, row, end)),
                added -> {
                  shapes.add(added);
                  return shapes.size() - 1;
                });
        lastOf.put(nodeId, shape);
      }
      shapeOf[frames] = shape;
      times[frames++] = time.longAt(row);
    }
    return new Frames(shapes, Arrays.copyOf(shapeOf, frames), Arrays.copyOf(times, frames));
  }

  private static int endOfFrame(Cells time, Cells node, int begin, int size) {
    int end = begin + 1;
    while (end < size
        && time.longAt(end) == time.longAt(begin)
        && node.longAt(end) == node.longAt(begin)) {
      end++;
    }
    return end;
  }

  private static boolean has(Shape shape, Optional<Cells> type, int begin, int end) {
    if (shape.rows() != end - begin) {
      return false;
    }
    if (type.isPresent()) {
      Cells types = type.get();
      for (int row = begin; row < end; row++) {
        if (types.longAt(row) != shape.types().get(row - begin)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Long> types(Optional<Cells> type, int begin, int end) {
    List<Long> types = new ArrayList<>(end - begin);
    for (int row = begin; row < end; row++) {
      types.add(type.isPresent() ? type.get().longAt(row) : 0);
    }
    return types;
  }

  void writeTo(ByteSink out) {
    out.uvarint(shapes.size());
    for (Shape shape : shapes) {
      out.varint(shape.node());
      out.uvarint(shape.rows());
      long previous = 0;
      for (long type : shape.types()) {
        out.varint(type - previous);
        previous = type;
      }
    }
    out.uvarint(shapeOf.length);
    for (int shape : shapeOf) {
      out.uvarint(shape);
    }
    out.cut();
    new FrameTimes(times, framesByNode()).writeTo(out);
  }

  /**
   * @param size rows that the frames must have together
   */
  static Frames read(ByteSource in, int size) throws IOException {
    List<Shape> shapes = readShapes(in, size);
    int[] shapeOf = new int[in.count(Math.min(size, in.remaining()), "frames")];
    long rows = 0;
    for (int i = 0; i < shapeOf.length; i++) {
      long shape = in.uvarint();
      if (shape < 0 || shape >= shapes.size()) {
        throw new WireFormatException("No shape of number " + Long.toUnsignedString(shape));
      }
      shapeOf[i] = (int) shape;
      rows += shapes.get(shapeOf[i]).rows();
    }
    if (rows != size) {
      throw new WireFormatException("Frames of %d rows, where %d are told".formatted(rows, size));
    }
    Frames frames = new Frames(shapes, shapeOf, new long[shapeOf.length]);
    new FrameTimes(frames.times, frames.framesByNode()).readFrom(in);
    return frames;
  }

  private static List<Shape> readShapes(ByteSource in, int size) throws IOException {
    int count = in.count(Math.min(size, in.remaining()), "shapes");
    List<Shape> shapes = new ArrayList<>(count);
    int left = size; // each shape is there for a frame at least, so all have this many rows at most
    for (int i = 0; i < count; i++) {
      long node = in.varint();
      int rows = in.count(Math.min(left, in.remaining()), "rows of shapes");
      if (rows == 0) {
        throw new WireFormatException("A shape without rows");
      }
      List<Long> types = new ArrayList<>(rows);
      long type = 0;
      for (int row = 0; row < rows; row++) {
        type += in.varint();
        types.add(type);
      }
      shapes.add(new Shape(node, types));
      left -= rows;
    }
    return shapes;
  }

  /** The frames of each node, nodes in ascending order. */
  private Groups framesByNode() {
    long[] nodes = shapes.stream().mapToLong(Shape::node).sorted().distinct().toArray();
    int[] nodeOf = new int[shapes.size()];
    for (int shape = 0; shape < nodeOf.length; shape++) {
      nodeOf[shape] = Arrays.binarySearch(nodes, shapes.get(shape).node());
    }
    int[] nodeOfFrame = new int[shapeOf.length];
    for (int frame = 0; frame < nodeOfFrame.length; frame++) {
      nodeOfFrame[frame] = nodeOf[shapeOf[frame]];
    }
    return Groups.of(nodeOfFrame, nodes.length);
  }

  /** The rows of each series. */
  SeriesRows rowsOfSeries(int size) {
    TreeMap<Series, Integer> numbers = new TreeMap<>();
    for (Shape shape : shapes) {
      shape.types().forEach(type -> numbers.put(new Series(type, shape.node()), 0));
    }
    int number = 0;
    for (Map.Entry<Series, Integer> series : numbers.entrySet()) {
      series.setValue(number++);
    }
    int[][] seriesOf = new int[shapes.size()][]; // by shape and place in it
    for (int shape = 0; shape < seriesOf.length; shape++) {
      long node = shapes.get(shape).node();
      seriesOf[shape] =
          shapes.get(shape).types().stream()
              .mapToInt(type -> numbers.getOrDefault(new Series(type, node), 0))
              .toArray();
    }
    int[] seriesOfRow = new int[size];
    int row = 0;
    for (int shape : shapeOf) {
      for (int series : seriesOf[shape]) {
        seriesOfRow[row++] = series;
      }
    }
    return new SeriesRows(List.copyOf(numbers.keySet()), Groups.of(seriesOfRow, numbers.size()));
  }

  /** The time of each row. */
  Cells times(int size) {
    Cells cells = new Cells(ColumnType.TIME, size);
    for (int frame = 0; frame < shapeOf.length; frame++) {
      for (int i = shapes.get(shapeOf[frame]).rows(); i > 0; i--) {
        cells.addLong(times[frame]);
      }
    }
    return cells;
  }

  /** The node of each row. */
  Cells nodes(int size) {
    Cells cells = new Cells(ColumnType.INTEGER, size);
    for (int number : shapeOf) {
      Shape shape = shapes.get(number);
      for (int i = shape.rows(); i > 0; i--) {
        cells.addLong(shape.node());
      }
    }
    return cells;
  }

  /** The type of each row. */
  Cells types(int size) {
    Cells cells = new Cells(ColumnType.INTEGER, size);
    for (int number : shapeOf) {
      for (long type : shapes.get(number).types()) {
        cells.addLong(type);
      }
    }
    return cells;
  }
}
