package org.tributary.wire;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes what is said about windows as bytes, and reads it back. Stateless.
 *
 * <p>Layout: four letters, one byte format (1), then a zlib stream of what follows; numbers and
 * texts as in {@link BatchCodec}.
 *
 * <pre>
 * windows       uvarint count; for each: varint hours since the one before (the first since 1970)
 *               · uvarint hours · 1 byte: 0 all nodes · 1 varint node since the one before
 * digest        varint rows · 8 bytes sum, little-endian
 * "TRIC" claims       text table · uvarint columns · position up to · 1 byte: 1 afresh
 *                     · 1 byte grain (0 whole, 1 node, 2 hour) · windows (scope)
 *                     · windows, then for each its digest
 * "TRID" differences  windows, then for each: uvarint rows at central
 * "TRIS" sketches     text table · uvarint columns · position up to · 8 bytes salt
 *                     · windows, then for each: uvarint buckets · as many bytes
 * "TRIP" parts        windows, then for each: uvarint buckets · ⌈buckets/8⌉ bytes, bit i%8 of byte
 *                     i/8 = bucket i
 * </pre>
 */
public final class DigestCodec {

  private static final byte[] CLAIMS = {'T', 'R', 'I', 'C'};
  private static final byte[] DIFFERENCES = {'T', 'R', 'I', 'D'};
  private static final byte[] SKETCHES = {'T', 'R', 'I', 'S'};
  private static final byte[] PARTS = {'T', 'R', 'I', 'P'};
  private static final int FORMAT = 1;
  private static final int MOST_BYTES = 16 << 20;

  private DigestCodec() {}

  public static byte[] encode(Claims claims) {
    return payload(claims).deflated(CLAIMS, FORMAT);
  }

  private static ByteSink payload(Claims claims) {
    ByteSink out = new ByteSink(64 + claims.claims().size() * 16);
    out.text(claims.table().name());
    out.uvarint(claims.columns());
    BatchHead.writePosition(out, claims.upTo());
    out.oneByte(claims.afresh() ? 1 : 0);
    out.oneByte(numberOf(claims.grain()));
    WindowLists.write(out, claims.scope());
    WindowLists.write(out, claims.claims().stream().map(Claims.Claim::window).toList());
    for (Claims.Claim claim : claims.claims()) {
      out.varint(claim.digest().rows());
      out.fixed(claim.digest().sum());
    }
    return out;
  }

  /**
   * Reads claims.
   *
   * @throws WireFormatException if these are none
   */
  public static Claims decodeClaims(byte[] bytes) throws IOException {
    ByteSource in = ByteSource.inflated(bytes, CLAIMS, FORMAT, MOST_BYTES);
    Table table = readSeries(in);
    int columns = readColumns(in, table);
    Optional<Position> upTo = readUpTo(in, table);
    boolean afresh = in.oneByte() == 1;
    Grain grain = readGrain(in);
    List<Window> scope = WindowLists.read(in);
    List<Window> windows = WindowLists.read(in);
    requireDays(scope);
    if (grain != Grain.HOUR) {
      requireDays(windows);
    }
    if (grain == Grain.WHOLE && windows.stream().anyMatch(window -> window.node() != null)) {
      throw new WireFormatException("Whole windows are of all nodes");
    }
    List<Claims.Claim> claims = new ArrayList<>();
    for (Window window : windows) {
      claims.add(new Claims.Claim(window, new Digest(in.varint(), in.fixed())));
    }
    in.expectEnd();
    return new Claims(table, columns, upTo, grain, afresh, scope, claims);
  }

  private static int numberOf(Grain grain) {
    return switch (grain) {
      case WHOLE -> 0;
      case NODE -> 1;
      case HOUR -> 2;
    };
  }

  private static Grain readGrain(ByteSource in) throws IOException {
    int grain = in.oneByte();
    return switch (grain) {
      case 0 -> Grain.WHOLE;
      case 1 -> Grain.NODE;
      case 2 -> Grain.HOUR;
      default -> throw new WireFormatException("No grain: " + grain);
    };
  }

  public static byte[] encodeDifferences(List<Difference> differences) {
    ByteSink out = new ByteSink(16 + differences.size() * 4);
    WindowLists.write(out, differences.stream().map(Difference::window).toList());
    differences.forEach(each -> out.uvarint(each.there()));
    return out.deflated(DIFFERENCES, FORMAT);
  }

  /**
   * Reads differences.
   *
   * @throws WireFormatException if these are none
   */
  public static List<Difference> decodeDifferences(byte[] bytes) throws IOException {
    ByteSource in = ByteSource.inflated(bytes, DIFFERENCES, FORMAT, MOST_BYTES);
    List<Difference> differences = new ArrayList<>();
    for (Window window : WindowLists.read(in)) {
      differences.add(new Difference(window, in.uvarint()));
    }
    in.expectEnd();
    return differences;
  }

  public static byte[] encode(Sketches sketches) {
    ByteSink out = new ByteSink(64 + sketches.sketches().size() * 48);
    out.text(sketches.table().name());
    out.uvarint(sketches.columns());
    BatchHead.writePosition(out, sketches.upTo());
    out.fixed(sketches.salt());
    WindowLists.write(out, sketches.sketches().stream().map(Sketches.Sketch::window).toList());
    for (Sketches.Sketch sketch : sketches.sketches()) {
      out.uvarint(sketch.buckets().length);
      out.bytes(sketch.buckets());
    }
    return out.deflated(SKETCHES, FORMAT);
  }

  /**
   * Reads sketches.
   *
   * @throws WireFormatException if these are none
   */
  public static Sketches decodeSketches(byte[] bytes) throws IOException {
    ByteSource in = ByteSource.inflated(bytes, SKETCHES, FORMAT, MOST_BYTES);
    Table table = readSeries(in);
    int columns = readColumns(in, table);
    Optional<Position> upTo = readUpTo(in, table);
    long salt = in.fixed();
    List<Sketches.Sketch> sketches = new ArrayList<>();
    for (Window window : WindowLists.read(in)) {
      sketches.add(new Sketches.Sketch(window, in.bytes(readBuckets(in))));
    }
    in.expectEnd();
    return new Sketches(table, columns, upTo, salt, sketches);
  }

  public static byte[] encodeParts(List<Part> parts) {
    ByteSink out = new ByteSink(16 + parts.size() * 16);
    writeParts(out, parts);
    return out.deflated(PARTS, FORMAT);
  }

  /**
   * Reads parts.
   *
   * @throws WireFormatException if these are none
   */
  public static List<Part> decodeParts(byte[] bytes) throws IOException {
    ByteSource in = ByteSource.inflated(bytes, PARTS, FORMAT, MOST_BYTES);
    List<Part> parts = readParts(in);
    in.expectEnd();
    return parts;
  }

  /** Within a batch: 0 for none, else 1 and what they say. */
  static void writeContents(ByteSink out, Optional<Contents> contents) {
    out.oneByte(contents.isPresent() ? 1 : 0);
    if (contents.isPresent()) {
      Contents all = contents.get();
      out.uvarint(all.columns());
      BatchHead.writePosition(out, all.upTo());
      out.fixed(all.salt());
      out.uvarint(all.mirrored().isPresent() ? all.mirrored().getAsLong() + 1 : 0);
      writeParts(out, all.parts());
    }
  }

  static Optional<Contents> readContents(ByteSource in, Table table) throws IOException {
    if (in.oneByte() == 0) {
      return Optional.empty();
    }
    int columns = readColumns(in, table);
    Optional<Position> upTo = readUpTo(in, table);
    long salt = in.fixed();
    long mirrored = in.uvarint();
    return Optional.of(
        new Contents(
            columns,
            upTo,
            salt,
            mirrored == 0 ? OptionalLong.empty() : OptionalLong.of(mirrored - 1),
            readParts(in)));
  }

  private static void writeParts(ByteSink out, List<Part> parts) {
    WindowLists.write(out, parts.stream().map(Part::window).toList());
    for (Part part : parts) {
      out.uvarint(part.buckets());
      byte[] bitmap = new byte[(part.buckets() + 7) / 8];
      byte[] chosen = part.chosen().toByteArray();
      System.arraycopy(chosen, 0, bitmap, 0, chosen.length);
      out.bytes(bitmap);
    }
  }

  private static List<Part> readParts(ByteSource in) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Window window : WindowLists.read(in)) {
      if (window.hours() > Window.DAY) {
        throw new WireFormatException("Part of more than a day: " + window);
      }
      int buckets = readBuckets(in);
      BitSet chosen = BitSet.valueOf(in.bytes((buckets + 7) / 8));
      if (chosen.length() > buckets) {
        throw new WireFormatException("No bucket: " + (chosen.length() - 1));
      }
      parts.add(new Part(window, buckets, chosen));
    }
    return parts;
  }

  private static int readBuckets(ByteSource in) throws IOException {
    int buckets = in.count(Sketches.MOST_BUCKETS, "buckets");
    if (buckets == 0) {
      throw new WireFormatException("A window without buckets");
    }
    return buckets;
  }

  private static Table readSeries(ByteSource in) throws IOException {
    String name = in.text();
    return Tables.named(name)
        .filter(Table::isSeries)
        .orElseThrow(() -> new WireFormatException("No series: " + name));
  }

  private static Optional<Position> readUpTo(ByteSource in, Table table) throws IOException {
    Optional<Position> upTo = BatchHead.readPosition(in);
    if (upTo.isPresent() && !isKeyOf(table, upTo.get())) {
      throw new WireFormatException("No key of " + table + ": " + upTo.get());
    }
    return upTo;
  }

  private static boolean isKeyOf(Table table, Position position) {
    List<Column> columns = table.keyColumns();
    boolean fits = position.key().size() == columns.size();
    for (int i = 0; fits && i < columns.size(); i++) {
      fits =
          columns.get(i).type() == ColumnType.TIME
              ? position.key().get(i) instanceof Instant
              : position.key().get(i) instanceof Long;
    }
    return fits;
  }

  /** Central notes what it has of whole days, so that no other windows may pass for them. */
  private static void requireDays(List<Window> windows) throws WireFormatException {
    for (Window window : windows) {
      if (window.hour() % Window.DAY != 0 || window.hours() % Window.DAY != 0) {
        throw new WireFormatException("Not of whole days: " + window);
      }
    }
  }

  private static int readColumns(ByteSource in, Table table) throws IOException {
    return in.count(RowHash.allColumns(table), "as columns");
  }
}
