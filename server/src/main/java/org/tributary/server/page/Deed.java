package org.tributary.server.page;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Form;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/**
 * Does what a form of a page asks for. The browser is sent on to a page afterwards, so that loading
 * anew does nothing twice; only what can be shown but once is answered at once.
 */
public record Deed(String path, Audience audience, Doing doing) implements Endpoint {

  /** Does it. Thread-safe. */
  @FunctionalInterface
  public interface Doing {
    Response of(Request request, Form form) throws IOException;
  }

  @Override
  public Method method() {
    return Method.POST;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return doing.of(request, Form.of(request));
  }
}
