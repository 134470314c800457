package org.tributary.server.http;

import java.io.IOException;
import java.util.Locale;

/** Tells people what is wrong as a page, where programs get a document. Thread-safe. */
public final class PeoplesDoor implements Door {

  /** Draws what is wrong. */
  public interface Drawing {
    /** The same for people. */
    Response of(Request request, int status, Response.Problem problem);
  }

  private final Door door;
  private final Drawing drawing;

  public PeoplesDoor(Door door, Drawing drawing) {
    this.door = door;
    this.drawing = drawing;
  }

  @Override
  public Response answer(Endpoint endpoint, Request request) throws IOException {
    return drawn(request, door.answer(endpoint, request));
  }

  @Override
  public Response nothingThere(Request request, Response otherwise) throws IOException {
    return drawn(request, door.nothingThere(request, otherwise));
  }

  private Response drawn(Request request, Response response) {
    return response.problem().isPresent() && isPersons(request)
        ? drawing.of(request, response.status(), response.problem().get())
        : response;
  }

  /** A browser asks for pages first of all; what programs ask for stays what they expect. */
  private static boolean isPersons(Request request) {
    String path = request.path().toLowerCase(Locale.ROOT);
    return request.isOfBrowser()
        && !path.startsWith("/rest")
        && !path.startsWith("/sumrest")
        && !path.startsWith("/sync");
  }
}
