package org.tributary.edge;

import java.io.IOException;
import java.util.List;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.Greeting;
import org.tributary.wire.RestoreCount;
import org.tributary.wire.RestoreJson;
import org.tributary.wire.RestoreOutlook;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.RestoreTerms;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.WireFormatException;

/** A gateway's rows from a central of ours, over HTTP. */
record SyncReturns(Exchange exchange) implements Returns {

  // A gateway has little memory, and central is not believed to be what it says.
  private static final int MOST_ROWS = 200_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final byte[] NOTHING = {'{', '}'};

  /** One request and its answer. */
  @FunctionalInterface
  interface Exchange {
    byte[] post(String path, String type, byte[] body) throws IOException, RefusedException;
  }

  @Override
  public RestoreOutlook look(Greeting greeting) throws IOException, RefusedException {
    return RestoreJson.readOutlook(
        exchange.post(SyncApi.RESTORE_LOOK, SyncApi.JSON_TYPE, SyncJson.write(greeting)));
  }

  @Override
  public RestoreCount count(RestoreRequest request) throws IOException, RefusedException {
    return RestoreJson.readCount(
        exchange.post(SyncApi.RESTORE_COUNT, SyncApi.JSON_TYPE, RestoreJson.write(request)));
  }

  @Override
  public RestoreTerms begin() throws IOException, RefusedException {
    return RestoreJson.readTerms(
        exchange.post(SyncApi.RESTORE, SyncApi.JSON_TYPE, NOTHING.clone()));
  }

  @Override
  public Batch rows(RestoreRequest request) throws IOException, RefusedException {
    Batch batch =
        BatchCodec.decode(
            exchange.post(SyncApi.RESTORE_ROWS, SyncApi.JSON_TYPE, RestoreJson.write(request)),
            MOST_ROWS,
            MOST_BYTES);
    if (!batch.table().equals(request.table())) {
      throw new WireFormatException("Rows of %s for %s".formatted(batch.table(), request.table()));
    }
    return batch;
  }

  @Override
  public List<Difference> differences(Claims claims) throws IOException, RefusedException {
    return DigestCodec.decodeDifferences(
        exchange.post(SyncApi.RESTORE_DIGESTS, SyncApi.DIGESTS_TYPE, DigestCodec.encode(claims)));
  }

  @Override
  public void end() throws IOException, RefusedException {
    RestoreJson.readEnded(exchange.post(SyncApi.RESTORE_END, SyncApi.JSON_TYPE, NOTHING.clone()));
  }
}
