package org.tributary.server.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.SyncJson;

/**
 * Answers what the server itself refuses, before any endpoint sees it: an address that is too long
 * or no address at all. A problem as all others, not a page. Thread-safe.
 */
final class ProblemHandler extends ErrorHandler {

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    String title = HttpStatus.getMessage(code);
    String detail =
        code == HttpStatus.URI_TOO_LONG_414
            ? "The address is too long: ask for less, or in several requests"
            : "The request could not be understood: "
                + (message == null ? title.toLowerCase(Locale.ROOT) : message);
    org.tributary.server.http.Response problem =
        org.tributary.server.http.Response.problem(code, title, detail);
    problem.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, problem.contentType());
    response.write(true, ByteBuffer.wrap(SyncJson.writeProblem(code, title, detail)), callback);
  }
}
