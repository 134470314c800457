package org.tributary.server.page;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/**
 * Answers with a page. Pages only look: what changes something is an endpoint of its own, which
 * sends the browser back to one.
 *
 * @param path in which {@code {name}} stands for one part
 * @param look finds out what is shown
 */
public record Page(String path, Audience audience, Look look, Templates templates)
    implements Endpoint {

  /** Finds out what a page shows. Thread-safe. */
  @FunctionalInterface
  public interface Look {
    View at(Request request) throws IOException;
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return templates.page(request, look.at(request));
  }
}
