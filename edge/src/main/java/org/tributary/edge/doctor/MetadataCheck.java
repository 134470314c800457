package org.tributary.edge.doctor;

import java.util.List;
import org.tributary.store.StoreException;
import org.tributary.store.metadata.OwnMetadata;

/** Whether what is edited at central can be brought into the local database. */
public record MetadataCheck(OwnMetadata own) implements Check {

  private static final int MOST = 3;

  @Override
  public String name() {
    return "central's edits";
  }

  @Override
  public List<Finding> look() {
    try {
      List<String> obstacles = own.obstacles();
      if (obstacles.isEmpty()) {
        return List.of(Finding.ok("can be written here (metadata = both)"));
      }
      return obstacles.stream()
          .limit(MOST)
          .map(
              obstacle ->
                  Finding.problem(
                      obstacle,
                      "let this program's user write the local database, or set metadata = push"))
          .toList();
    } catch (StoreException e) {
      return List.of(Finding.problem(String.valueOf(e.getMessage()), ""));
    }
  }
}
