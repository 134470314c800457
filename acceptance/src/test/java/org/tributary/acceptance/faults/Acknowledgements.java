package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.push.ChaosProxy;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Position;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Tells the oracle which rows central says it has stored. */
final class Acknowledgements implements ChaosProxy.Witness {

  private final Oracle oracle;

  Acknowledgements(Oracle oracle) {
    this.oracle = oracle;
  }

  @Override
  public void answered(byte[] request, byte[] answer) throws IOException {
    if (!head(request).contains("/sync/batch") || !head(answer).startsWith("HTTP/1.1 200")) {
      return;
    }
    Batch batch;
    try {
      batch = BatchCodec.decode(body(request), 100_000, 1 << 26);
      if (!SyncJson.readAck(body(answer)).setAside().isEmpty()) {
        return; // some are stored and some kept apart: the judge finds both
      }
    } catch (IOException e) {
      return; // garbled on its way, after central had it
    }
    String kind = kind(batch.table());
    if (kind == null) {
      return;
    }
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < batch.rows().size(); row++) {
      Position key = batch.rows().keyAt(row);
      if (key != null) {
        keys.add(
            Stock.key(
                kind,
                LocalDateTime.ofInstant((Instant) key.key().get(0), ZoneOffset.UTC),
                (Long) key.key().get(1),
                (Long) key.key().get(2)));
      }
    }
    try {
      oracle.acknowledged(keys);
    } catch (SQLException e) {
      throw new IOException("The oracle can't write", e);
    }
  }

  private static @Nullable String kind(Table table) {
    return table.equals(Tables.READING) ? "R" : table.equals(Tables.NODE_STATE) ? "S" : null;
  }

  private static String head(byte[] message) {
    return new String(message, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
  }

  private static byte[] body(byte[] message) {
    int from = new String(message, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    return Arrays.copyOfRange(message, from, message.length);
  }
}
