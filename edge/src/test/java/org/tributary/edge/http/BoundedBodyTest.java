package org.tributary.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

  final BoundedBody body = new BoundedBody(10);
  final CompletableFuture<byte[]> result = body.getBody().toCompletableFuture();
  boolean cancelled;

  @BeforeEach
  void subscribe() {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
  }

  @Test
  void onNext_upToTheLimit_collectsAll() throws Exception {
    body.onNext(List.of(bytes(4), bytes(3)));
    body.onNext(List.of(bytes(3)));
    body.onComplete();

    assertThat(result.get()).hasSize(10);
    assertThat(cancelled).isFalse();
  }

  @Test
  void onNext_beyondTheLimit_wantsNoMoreAndFails() {
    body.onNext(List.of(bytes(4), bytes(3)));
    body.onNext(List.of(bytes(4)));

    assertThat(cancelled).isTrue();
    assertThat(result).isCompletedExceptionally();
    assertThat(result)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("larger than 10 bytes");
  }

  @Test
  void onComplete_afterTooMuch_isStillAFailure() {
    body.onNext(List.of(bytes(11)));
    body.onComplete();

    assertThat(result).isCompletedExceptionally();
  }

  @Test
  void onError_fails() {
    body.onNext(List.of(bytes(3)));
    body.onError(new IOException("reset"));

    assertThat(result).isCompletedExceptionally();
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.wrap(new byte[count]);
  }
}
