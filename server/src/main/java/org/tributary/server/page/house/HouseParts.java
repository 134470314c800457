package org.tributary.server.page.house;

import org.tributary.server.http.Request;
import org.tributary.server.http.Response;

/** What the parts of a house's page have in common. */
final class HouseParts {

  private HouseParts() {}

  /** Says that there is no such house. */
  static Response unknown(Request request) {
    return Response.problem(
        404,
        "Not found",
        "There is no house with the id " + request.pathParameter("house") + "; /houses lists all");
  }
}
