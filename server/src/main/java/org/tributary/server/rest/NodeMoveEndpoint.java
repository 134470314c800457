package org.tributary.server.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.server.http.Audience;
import org.tributary.server.http.Endpoint;
import org.tributary.server.http.Request;
import org.tributary.server.http.Response;
import org.tributary.store.ingest.NodeMoves;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestJson;

/** Registers a node in a room of a house, as the original's pages do. */
record NodeMoveEndpoint(NodeMoves moves, String path) implements Endpoint {

  private static final int MAX_BYTES = 65_536;
  private static final String NEW_ROOM = "newRoom";
  private static final int LONGEST_NAME = 255;

  @Override
  public Method method() {
    return Method.PUT;
  }

  @Override
  public Audience audience() {
    return Audience.OPERATORS;
  }

  @Override
  public Response answer(Request request) throws IOException {
    Map<String, @Nullable Object> body = body(request);
    long node = number(body, "node");
    long house = number(body, "houseId");
    if (!(body.get(NEW_ROOM) instanceof String room)
        || room.isBlank()
        || room.length() > LONGEST_NAME) {
      throw new BadFieldException(NEW_ROOM, NEW_ROOM + " should be the name of a room");
    }
    Optional<NodeMoves.Place> place = moves.move(node, house, room);
    if (place.isEmpty()) {
      return Response.problem(
          422, "Nothing to move", "There is no node %d, or no house %d".formatted(node, house));
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(body);
    answer.put(NEW_ROOM, null);
    answer.put("currentRoom", place.get().room());
    answer.put("currentHouse", place.get().address());
    return ReportEndpoint.json(answer);
  }

  private static Map<String, @Nullable Object> body(Request request) throws IOException {
    try (RestJson.Reader reader = new RestJson.Reader(request.bodyStream(MAX_BYTES), 1)) {
      Map<String, @Nullable Object> body = reader.next();
      if (body == null || reader.isList()) {
        throw new WireFormatException("The body should be one JSON object");
      }
      return body;
    }
  }

  private static long number(Map<String, @Nullable Object> body, String name)
      throws BadFieldException {
    Object value = body.get(name);
    return Asked.number(name, value == null ? "" : value.toString());
  }
}
