package org.tributary.store.report;

import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** Deployments, their houses, the locations of these, and what is measured there. */
public record DeploymentTree(Database database) {

  public record Branch(long id, Optional<String> name) {}

  public List<Branch> deployments() throws StoreException {
    return ask(new Query(database.engine(), "SELECT @id, @name FROM @Deployment ORDER BY @id"));
  }

  /**
   * The houses of a deployment.
   *
   * @param deployment empty for houses that are in none
   */
  public List<Branch> houses(Optional<Long> deployment) throws StoreException {
    Query query =
        new Query(
            database.engine(),
            """
            SELECT @id, @address
            FROM @House
            WHERE @deploymentId %s
            ORDER BY @id
            """
                .formatted(deployment.isPresent() ? "= ?" : "IS NULL"));
    deployment.ifPresent(query::with);
    return ask(query);
  }

  /** What is measured at a location: the types of the readings taken there. */
  public List<Branch> sensorTypes(long location) throws StoreException {
    return ask(
        new Query(
                database.engine(),
                """
                SELECT t.@id, t.@name
                FROM @SensorType t
                WHERE t.@id IN (SELECT r.@type FROM @Reading r WHERE r.@locationId = ?)
                ORDER BY t.@id
                """)
            .with(location));
  }

  private List<Branch> ask(Query query) throws StoreException {
    return database.read(
        connection -> query.all(connection, row -> new Branch(row.number(1), row.text(2))));
  }
}
