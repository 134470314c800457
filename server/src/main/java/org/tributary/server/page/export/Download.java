package org.tributary.server.page.export;

import java.io.IOException;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/** Answers with a file. */
record Download(String path, Audience audience, Making making) implements Endpoint {

  interface Making {
    Response of(Request request) throws IOException;
  }

  @Override
  public Method method() {
    return Method.GET;
  }

  @Override
  public Response answer(Request request) throws IOException {
    return making.of(request);
  }
}
