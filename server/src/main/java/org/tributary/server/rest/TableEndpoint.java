package org.tributary.server.rest;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Answers one method for every table: finds the table that the path names and hands on.
 *
 * @param hasId whether the path goes on with an id
 */
record TableEndpoint(Method method, boolean hasId, Action action) implements Endpoint {

  private static final String TYPE = "type";
  private static final String ID = "id";

  /** What is done once the table is known. */
  interface Action {
    Response answer(RestTable table, Optional<String> id, Request request) throws IOException;
  }

  @Override
  public String path() {
    return "/rest/{" + TYPE + (hasId ? "}/{" + ID + "}" : "}");
  }

  /** The table's name as the client wrote it. */
  static String typed(Request request) {
    return request.pathParameter(TYPE);
  }

  @Override
  public Audience audience() {
    return switch (method) {
      case GET -> Audience.UPLOADERS_AND_READERS;
      case POST, PUT -> Audience.UPLOADERS;
      case DELETE -> Audience.OPERATORS;
    };
  }

  /** Whoever only sends rows needs to see houses and nodes, and nobody's readings. */
  @Override
  public Audience audience(Request request) {
    boolean isSeries = RestTables.named(typed(request)).filter(table -> !table.hasId()).isPresent();
    return method == Method.GET && isSeries ? Audience.READERS : audience();
  }

  @Override
  public Response answer(Request request) throws IOException {
    Optional<RestTable> table = RestTables.named(typed(request));
    if (table.isEmpty()) {
      return Response.problem(
          404,
          "Not found",
          "There is no table of that name; there are "
              + RestTables.ALL.stream().map(RestTable::path).collect(Collectors.joining(", ")));
    }
    Optional<String> id = hasId ? Optional.of(request.pathParameter(ID)) : Optional.empty();
    return action.answer(table.get(), id, request);
  }
}
