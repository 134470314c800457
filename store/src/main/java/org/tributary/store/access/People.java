package org.tributary.store.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;

/** People and their sessions. Stateless: they stand in {@code tributary_person} and beside it. */
final class People {

  private static final String COLUMNS = "id, name, role, created, created_by";

  private final SqlTimes times;
  private final Clock clock;

  People(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** A person, and what is kept of the password. */
  record WithPassword(Person person, String passwordHash) {}

  Optional<WithPassword> named(Connection connection, String name) throws SQLException {
    String sql = "SELECT " + COLUMNS + ", password_hash FROM tributary_person WHERE name = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, name.toLowerCase(Locale.ROOT));
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(new WithPassword(person(found), found.getString(6)))
            : Optional.empty();
      }
    }
  }

  List<Person> all(Connection connection) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM tributary_person ORDER BY name";
    List<Person> people = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        people.add(person(found));
      }
    }
    return people;
  }

  boolean isNobodyThere(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM tributary_person");
        ResultSet found = select.executeQuery()) {
      return !found.next() || found.getLong(1) == 0;
    }
  }

  void add(Connection connection, String name, String passwordHash, Role role, String by)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_person (name, password_hash, role, created, created_by)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, name.toLowerCase(Locale.ROOT));
      insert.setString(2, passwordHash);
      insert.setString(3, role.name());
      times.set(insert, 4, now());
      insert.setString(5, by);
      insert.executeUpdate();
    }
  }

  void change(Connection connection, Person person, Role role) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE tributary_person SET role = ? WHERE id = ?")) {
      update.setString(1, role.name());
      update.setLong(2, person.id());
      update.executeUpdate();
    }
  }

  /** Gives somebody another password, and ends all that he has open. */
  void change(Connection connection, Person person, String passwordHash) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE tributary_person SET password_hash = ? WHERE id = ?")) {
      update.setString(1, passwordHash);
      update.setLong(2, person.id());
      update.executeUpdate();
    }
    endAll(connection, person);
  }

  void remove(Connection connection, Person person) throws SQLException {
    endAll(connection, person);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM tributary_person WHERE id = ?")) {
      delete.setLong(1, person.id());
      delete.executeUpdate();
    }
  }

  /** Begins a session, and forgets those that have ended. */
  void begin(Connection connection, Person person, String sessionHash, Instant expires)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM tributary_session WHERE expires <= ?")) {
      times.set(delete, 1, now());
      delete.executeUpdate();
    }
    String sql =
        """
        INSERT INTO tributary_session (session_hash, person_id, begun, expires)
        VALUES (?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, sessionHash);
      insert.setLong(2, person.id());
      times.set(insert, 3, now());
      times.set(insert, 4, expires);
      insert.executeUpdate();
    }
  }

  /** Whose session that is, with the role that he has by now. */
  Optional<Person> of(Connection connection, String sessionHash) throws SQLException {
    String sql =
        """
        SELECT person.id, name, role, created, created_by
        FROM tributary_session session
          JOIN tributary_person person ON person.id = session.person_id
        WHERE session_hash = ? AND expires > ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, sessionHash);
      times.set(select, 2, now());
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(person(found)) : Optional.empty();
      }
    }
  }

  void end(Connection connection, String sessionHash) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM tributary_session WHERE session_hash = ?")) {
      delete.setString(1, sessionHash);
      delete.executeUpdate();
    }
  }

  private static void endAll(Connection connection, Person person) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM tributary_session WHERE person_id = ?")) {
      delete.setLong(1, person.id());
      delete.executeUpdate();
    }
  }

  private Person person(ResultSet found) throws SQLException {
    return new Person(
        found.getLong(1),
        found.getString(2),
        Role.valueOf(found.getString(3)),
        times.get(found, 4),
        found.getString(5));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
