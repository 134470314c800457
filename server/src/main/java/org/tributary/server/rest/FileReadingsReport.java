package org.tributary.server.rest;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.ingest.NodeMoves;
import org.tributary.wire.rest.BadFieldException;

/** Files all readings of a node under a location of a house; says how many it was. */
record FileReadingsReport(NodeMoves moves) implements Report {

  @Override
  public @Nullable Object answer(Asked asked) throws IOException {
    long house = required(asked, "houseId");
    long node = required(asked, "nodeId");
    long location = required(asked, "locationId");
    Optional<Integer> filed = moves.file(node, house, location);
    if (filed.isEmpty()) {
      throw new BadFieldException(
          "locationId", "There is no house %d with a location %d".formatted(house, location));
    }
    return Json.object("updated", filed.get());
  }

  private static long required(Asked asked, String name) throws BadFieldException {
    Optional<Long> number = asked.number(name);
    if (number.isEmpty()) {
      throw new BadFieldException(name, name + " is missing");
    }
    return number.get();
  }
}
