package org.tributary.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes what is still on its way of a body whose answer is given already, and throws it away. A
 * connection that is closed while its body comes is reset, and a reset takes the answer away from
 * whoever has not read it yet (RFC 9112, 9.6): most programs read it once they have sent all. It
 * costs no thread while nothing comes, and ends after so many bytes and so much time. Thread-safe.
 */
final class Lingering extends Handler.Wrapper {

  /** As much as the largest body that is taken anywhere. */
  static final long MOST_BYTES = 64L << 20;

  /** As long as nginx and Apache linger. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** Of what has come already; then the answer goes before. */
  private static final int READS_BEFORE_THE_ANSWER = 16;

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        new ReadLater(request, response),
        response,
        new Callback.Nested(callback) {
          @Override
          public void succeeded() {
            if (waitsForLeave(request)) {
              super.succeeded();
            } else {
              new Rest(request, super::succeeded).run();
            }
          }
        });
  }

  /**
   * Asked by the library before it answers, so that it can say whether the connection goes on. Its
   * own way would leave the body unreadable.
   */
  private static final class ReadLater extends Request.Wrapper {
    private final Response response;

    ReadLater(Request request, Response response) {
      super(request);
      this.response = response;
    }

    @Override
    public boolean consumeAvailable() {
      for (int i = 0; i < READS_BEFORE_THE_ANSWER; i++) {
        Content.Chunk chunk = read();
        if (chunk == null) {
          break;
        }
        chunk.release();
        if (Content.Chunk.isFailure(chunk)) {
          break;
        }
        if (chunk.isLast()) {
          return true;
        }
      }
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
      return false;
    }
  }

  /** Whether nothing of the body is on its way yet: to read it would be to ask for it. */
  private static boolean waitsForLeave(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())
        && Request.getContentBytesRead(request) == 0;
  }

  /** What is still to come of one request. One thread at a time runs it; the timer is another. */
  private static final class Rest implements Runnable {
    private final Request request;
    private final Runnable whenRead;
    private final EndPoint endPoint;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private Scheduler.Task timer = () -> true;
    private boolean isTimed;
    private long bytes;

    Rest(Request request, Runnable whenRead) {
      this.request = request;
      this.whenRead = whenRead;
      this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    }

    @Override
    public void run() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          beginTimer();
          request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this));
          return;
        }
        bytes += chunk.remaining();
        boolean isEnd = chunk.isLast() || Content.Chunk.isFailure(chunk);
        chunk.release();
        if (isEnd || bytes > MOST_BYTES) {
          isOver.set(true);
          timer.cancel();
          whenRead.run();
          return;
        }
      }
    }

    private void beginTimer() {
      if (!isTimed) {
        isTimed = true;
        timer =
            request
                .getComponents()
                .getScheduler()
                .schedule(this::giveUp, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    /** The reading hears of it, and ends. */
    private void giveUp() {
      if (isOver.compareAndSet(false, true)) {
        endPoint.close();
      }
    }
  }
}
