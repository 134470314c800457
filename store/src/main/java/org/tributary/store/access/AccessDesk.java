package org.tributary.store.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Access;
import org.tributary.store.CentralBooks;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.wire.Credential;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/**
 * Where a person says who may ask central: gateways, programs, people. Central may be at work
 * meanwhile; what is taken back here is refused there with the next request. Not thread-safe.
 */
public final class AccessDesk implements AutoCloseable {

  private final Database database;
  private final Clock clock;
  private final Keys keys;
  private final Enrolments enrolments;
  private final People people;
  private final AuditTrail audit;
  private final SecureRandom random = new SecureRandom();

  private AccessDesk(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.keys = new Keys(database.engine(), clock);
    this.enrolments = new Enrolments(database.engine(), clock);
    this.people = new People(database.engine(), clock);
    this.audit = new AuditTrail(database.engine(), clock);
  }

  /**
   * Opens central's database.
   *
   * @param access to read or to write
   * @throws StoreException if it is none of this program's revision
   */
  public static AccessDesk open(DatabaseUrl url, Access access, Clock clock) throws StoreException {
    CentralBooks.require(url);
    return new AccessDesk(Database.open(url, access), clock);
  }

  /**
   * A desk within central itself, for several to use at once.
   *
   * @param database central's, which outlives the desk
   */
  public static AccessDesk within(Database database, Clock clock) {
    return new AccessDesk(database, clock);
  }

  /**
   * A code and its end.
   *
   * @param expires when it ends by itself
   */
  public record Given(EnrolmentCode code, Instant expires) {}

  /**
   * Gives out a code that makes a gateway known once. What it has already goes on until the code is
   * used.
   */
  public Given addGateway(GatewayId gateway, Duration length, String by) throws StoreException {
    EnrolmentCode code = EnrolmentCode.random(random);
    Instant expires = clock.instant().plus(length).truncatedTo(ChronoUnit.SECONDS);
    database.write(
        connection -> {
          enrolments.add(connection, code, gateway.value(), expires, by);
          audit.write(connection, by, Act.GATEWAY_ADD, gateway.value(), "a code until " + expires);
          return true;
        });
    return new Given(code, expires);
  }

  /** Takes all keys and codes of a gateway back; how many keys there were. */
  public int revokeGateway(GatewayId gateway, String by) throws StoreException {
    return database.write(
        connection -> {
          enrolments.withdraw(connection, gateway.value());
          int ended = keys.end(connection, Role.GATEWAY, gateway.value(), null, "revoked by " + by);
          audit.write(
              connection, by, Act.GATEWAY_REVOKE, gateway.value(), "%d keys".formatted(ended));
          return ended;
        });
  }

  /** All keys that there ever were, of gateways and of programs. */
  public List<Key> keys() throws StoreException {
    return database.read(keys::all);
  }

  /** Codes that were not used yet. */
  public List<OpenCode> codes() throws StoreException {
    return database.read(enrolments::open);
  }

  /**
   * Makes a token for a program.
   *
   * @param length how long it holds; empty for ever
   * @return it; it is not kept, and can't be shown again. Empty if one of that name holds.
   */
  public Optional<Credential> addToken(String name, Role role, Optional<Duration> length, String by)
      throws StoreException {
    if (!role.isOfTokens()) {
      throw new IllegalArgumentException("No role of tokens: " + role);
    }
    Credential token = Credential.random(random);
    Optional<Instant> expires =
        length.map(some -> clock.instant().plus(some).truncatedTo(ChronoUnit.SECONDS));
    return database.write(
        connection -> {
          boolean isTaken =
              keys.all(connection).stream()
                  .anyMatch(
                      key ->
                          key.role() != Role.GATEWAY
                              && key.holder().equals(name)
                              && key.isInForce(clock.instant()));
          if (isTaken) {
            return Optional.empty();
          }
          keys.insert(connection, role, name, token.id(), token.hash(), expires, by);
          audit.write(connection, by, Act.TOKEN_ADD, name, role.word());
          return Optional.of(token);
        });
  }

  /** Takes a token back; whether there was one. */
  public boolean isTokenRevoked(String name, String by) throws StoreException {
    return database.write(
        connection -> {
          int ended = 0;
          for (Role role : Role.values()) {
            if (role.isOfTokens()) {
              ended += keys.end(connection, role, name, null, "revoked by " + by);
            }
          }
          if (ended > 0) {
            audit.write(connection, by, Act.TOKEN_REVOKE, name, "");
          }
          return ended > 0;
        });
  }

  /** All who can sign in. */
  public List<Person> people() throws StoreException {
    return database.read(people::all);
  }

  /**
   * Lets somebody in.
   *
   * @return false if there is somebody of that name
   * @throws IllegalArgumentException with a sentence, if name or password won't do
   */
  public boolean isPersonAdded(String name, String password, Role role, String by)
      throws StoreException {
    NewPerson.check(name, password);
    String hash = Passwords.hash(password);
    return database.write(
        connection -> {
          if (people.named(connection, name).isPresent()) {
            return false;
          }
          people.add(connection, name, hash, role, by);
          audit.write(connection, by, Act.USER_ADD, name, role.word());
          return true;
        });
  }

  /** Gives somebody another role; whether there is such a person. */
  public boolean isRoleChanged(String name, Role role, String by) throws StoreException {
    return database.write(
        connection -> {
          Optional<People.WithPassword> known = people.named(connection, name);
          if (known.isPresent()) {
            people.change(connection, known.get().person(), role);
            audit.write(connection, by, Act.USER_ROLE, name, role.word());
          }
          return known.isPresent();
        });
  }

  /**
   * Gives somebody another password, and ends all that he has open; whether there is such a person.
   *
   * @throws IllegalArgumentException with a sentence, if the password won't do
   */
  public boolean isPasswordChanged(String name, String password, String by) throws StoreException {
    NewPerson.checkPassword(name, password);
    String hash = Passwords.hash(password);
    return database.write(
        connection -> {
          Optional<People.WithPassword> known = people.named(connection, name);
          if (known.isPresent()) {
            people.change(connection, known.get().person(), hash);
            audit.write(connection, by, Act.USER_PASSWORD, name, "");
          }
          return known.isPresent();
        });
  }

  /** Lets somebody in no more, at once; whether there was such a person. */
  public boolean isPersonRemoved(String name, String by) throws StoreException {
    return database.write(
        connection -> {
          Optional<People.WithPassword> known = people.named(connection, name);
          if (known.isPresent()) {
            people.remove(connection, known.get().person());
            audit.write(connection, by, Act.USER_REMOVE, name, "");
          }
          return known.isPresent();
        });
  }

  /** Writes down what somebody did. */
  public void wrote(String by, Act act, String subject, String detail) throws StoreException {
    audit.write(database, by, act, subject, detail);
  }

  /** The newest entries of the audit trail, newest first. */
  public List<AuditEntry> audit(int most) throws StoreException {
    return database.read(connection -> audit.newest(connection, most));
  }

  /** The first thing that is wrong with the audit trail; empty if nothing is. */
  public Optional<String> auditFlaw() throws StoreException {
    return database.read(audit::flaw);
  }

  @Override
  public void close() {
    database.close();
  }
}
