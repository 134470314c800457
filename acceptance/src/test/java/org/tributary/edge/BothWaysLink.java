package org.tributary.edge;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tributary.store.ingest.RefusedGatewayException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Holdings;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Welcome;

/** The way to a central in this process, as messages, of which some get lost. */
final class BothWaysLink implements Transport {

  private final BothWaysCentral central;
  private final GatewayId gateway;
  private final BooleanSupplier loses;

  /**
   * @param loses asked before a request arrives and before its answer does
   */
  BothWaysLink(BothWaysCentral central, GatewayId gateway, BooleanSupplier loses) {
    this.central = central;
    this.gateway = gateway;
    this.loses = loses;
  }

  private interface Question<T> {
    T ask() throws IOException, RefusedGatewayException;
  }

  private <T> T carried(Question<T> question) throws IOException, RefusedException {
    lose();
    try {
      T answer = question.ask();
      lose();
      return answer;
    } catch (RefusedGatewayException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private void lose() throws IOException {
    if (loses.getAsBoolean()) {
      throw new IOException("lost on the way");
    }
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    return carried(
        () ->
            SyncJson.readWelcome(
                SyncJson.write(
                    central.ingest.greet(
                        SyncJson.readGreeting(SyncJson.write(greeting)), "test"))));
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    return carried(() -> central.ingest.accept(gateway, batch));
  }

  @Override
  public Optional<List<MetadataChange>> changes(Holdings holdings)
      throws IOException, RefusedException {
    return Optional.of(
        carried(
            () ->
                MetadataJson.readChanges(
                    MetadataJson.write(
                        central.exchange.changes(
                            gateway, MetadataJson.readHoldings(MetadataJson.write(holdings)))))));
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException {
    return central.ingest.gateway(gateway);
  }
}
