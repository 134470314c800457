package org.tributary.server.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.wire.rest.RestJson;

/** A report under its path. */
record ReportEndpoint(Method method, String path, Audience audience, Report report)
    implements Endpoint {

  private static final String ID = "/{id}";

  /** A report that answers any method, as existing clients may expect, with an id or without. */
  static List<Endpoint> any(String path, Audience audience, Report report) {
    return of(path, audience, report, Method.GET, Method.POST, Method.PUT, Method.DELETE);
  }

  static List<Endpoint> of(String path, Audience audience, Report report, Method... methods) {
    return Stream.of(methods)
        .flatMap(
            method ->
                Stream.<Endpoint>of(
                    new ReportEndpoint(method, path, audience, report),
                    new ReportEndpoint(method, path + ID, audience, report)))
        .toList();
  }

  @Override
  public Response answer(Request request) throws IOException {
    Optional<Callback> callback = Callback.read(request.parameters());
    return answer(report.answer(asked(request, path)), callback);
  }

  static Asked asked(Request request, String path) {
    return new Asked(
        path.endsWith(ID) ? Optional.of(request.pathParameter("id")) : Optional.empty(),
        request.parameters());
  }

  static Response json(@Nullable Object answer) {
    return answer(answer, Optional.empty());
  }

  private static Response answer(@Nullable Object answer, Optional<Callback> callback) {
    byte[] json = RestJson.bytes(answer);
    return Callback.answer(callback, out -> out.write(json));
  }
}
