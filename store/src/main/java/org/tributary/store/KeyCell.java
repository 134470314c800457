package org.tributary.store;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Cells of a key that no value of a cursor stands for by itself: nulls and, in SQLite, blobs. */
final class KeyCell {

  /** Stands for a cell that is null; no id is so small. */
  private static final Long NULL = Long.MIN_VALUE;

  // Stands before the bytes of a blob: SQLite sorts them behind all else.
  private static final String BLOB = "\0blob ";

  private KeyCell() {}

  /** What stands in a cursor for a cell. */
  static Object of(@Nullable Object cell) {
    if (cell == null) {
      return NULL;
    }
    return cell instanceof byte[] bytes ? BLOB + HexFormat.of().formatHex(bytes) : cell;
  }

  static boolean isNull(Object part) {
    return part.equals(NULL);
  }

  /** What to bind for a part of a cursor that is not null. */
  static Object bound(Object part) {
    return part instanceof String text && text.startsWith(BLOB)
        ? HexFormat.of().parseHex(text.substring(BLOB.length()))
        : part;
  }
}
