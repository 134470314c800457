package org.tributary.store;

import java.time.LocalDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a key that no value of a cursor stands for by itself: nulls, local times that stand for
 * no instant and, in SQLite, blobs.
 */
final class KeyCell {

  /** Stands for a cell that is null; no id is so small. */
  private static final Long NULL = Long.MIN_VALUE;

  // Stands before the bytes of a blob: SQLite sorts them behind all else.
  private static final String BLOB = "\0blob ";

  // Stands before a local time as ISO 8601 has it.
  private static final String TIME = "\0time ";

  private KeyCell() {}

  /** What stands in a cursor for a cell. */
  static Object of(@Nullable Object cell) {
    if (cell == null) {
      return NULL;
    }
    if (cell instanceof LocalDateTime time) {
      return TIME + time;
    }
    return cell instanceof byte[] bytes ? BLOB + HexFormat.of().formatHex(bytes) : cell;
  }

  static boolean isNull(Object part) {
    return part.equals(NULL);
  }

  /** What to bind for a part of a cursor that is not null. */
  static Object bound(Object part) {
    if (!(part instanceof String text)) {
      return part;
    }
    if (text.startsWith(TIME)) {
      return LocalDateTime.parse(text.substring(TIME.length()));
    }
    return text.startsWith(BLOB) ? HexFormat.of().parseHex(text.substring(BLOB.length())) : text;
  }
}
