package org.tributary.server.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tributary.server.http.Request.Parameter;
import org.tributary.server.http.Response;
import org.tributary.wire.SyncApi;
import org.tributary.wire.rest.BadFieldException;

/** The function that a page of another origin wants the answer handed to (JSONP). */
record Callback(String name) {

  private static final String CONTENT_TYPE = "application/javascript";

  // Nothing else may reach the answer: it is run as a program.
  private static final Pattern NAME = Pattern.compile("[$A-Za-z_][$\\w.\\[\\]]{1,98}[$\\w\\[\\]]");

  /**
   * The callback that is asked for, if one is.
   *
   * @throws BadFieldException if it is no name of a function
   */
  static Optional<Callback> read(List<Parameter> parameters) throws BadFieldException {
    Optional<Callback> callback = Optional.empty();
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(QueryLanguage.CALLBACK)) {
        if (!NAME.matcher(parameter.value()).matches()) {
          throw new BadFieldException(
              QueryLanguage.CALLBACK,
              "callback should be a function's name of 3 to 100 letters, digits, _, $, ., [ and ]");
        }
        callback = Optional.of(new Callback(parameter.value()));
      }
    }
    return callback;
  }

  /** An answer in JSON, handed to the callback if there is one. */
  static Response answer(Optional<Callback> callback, Response.Body json) {
    return callback.isEmpty()
        ? Response.stream(200, SyncApi.JSON_TYPE, json)
        : Response.stream(200, CONTENT_TYPE, out -> callback.get().write(json, out));
  }

  private void write(Response.Body json, OutputStream out) throws IOException {
    // An answer that begins with a comment can't be taken for anything but a program.
    out.write(("/**/" + name + "(").getBytes(StandardCharsets.UTF_8));
    json.writeTo(out);
    out.write(");".getBytes(StandardCharsets.UTF_8));
  }
}
