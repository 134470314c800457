package org.tributary.store.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/** Knows gateways, programs and people by what they show. For central at work. Thread-safe. */
public final class SignIns {

  /** How long a session lasts, whatever is done in it. */
  public static final Duration SESSION = Duration.ofHours(12);

  /** Each takes 19 MiB and a processor for some 50 ms. */
  private static final int PASSWORDS_AT_ONCE = 2;

  private final Database database;
  private final Clock clock;
  private final Keys keys;
  private final Enrolments enrolments;
  private final People people;
  private final AuditTrail audit;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore passwordPlaces = new Semaphore(PASSWORDS_AT_ONCE, true);

  /**
   * @param database central's, of this program's revision
   */
  public SignIns(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.keys = new Keys(database.engine(), clock);
    this.enrolments = new Enrolments(database.engine(), clock);
    this.people = new People(database.engine(), clock);
    this.audit = new AuditTrail(database.engine(), clock);
  }

  /** Who shows that key, if it is one and holds. */
  public Optional<Holder> holder(Credential shown) throws StoreException {
    Optional<Key> key = database.read(connection -> keys.find(connection, shown));
    if (key.filter(keys::isWorthNoting).isPresent()) {
      note(key.get());
    }
    return key.map(found -> new Holder(found.role(), found.holder()));
  }

  private void note(Key key) throws StoreException {
    database.write(
        connection -> {
          if (keys.used(connection, key) > 0) {
            audit.write(
                connection,
                key.holder(),
                Act.GATEWAY_KEY,
                key.holder(),
                "uses key %s; the one before ended".formatted(key.id()));
          }
          return true;
        });
  }

  /**
   * Makes a gateway known that shows a code: the key is its own from now on, and all that it had
   * before end. The same code for the same key again is answered alike: the answer may have been
   * lost.
   *
   * @return which gateway; empty if the code is none, or was used, or has ended
   */
  public Optional<GatewayId> enrol(EnrolmentCode code, Enrolment enrolment) throws StoreException {
    return database.write(
        connection -> {
          Optional<String> gateway = enrolments.redeem(connection, code, enrolment);
          if (gateway.isEmpty()) {
            return Optional.empty();
          }
          String name = gateway.get();
          if (keys.isThere(connection, enrolment, name)) {
            return Optional.of(new GatewayId(name));
          }
          if (keys.isKnown(connection, enrolment.keyId())) {
            return Optional.empty(); // it has ended since, and does not come back by an old code
          }
          keys.end(connection, Role.GATEWAY, name, null, "enrolled anew");
          keys.add(connection, name, enrolment, name);
          audit.write(
              connection,
              name,
              Act.GATEWAY_ENROL,
              name,
              "with key %s".formatted(enrolment.keyId()));
          return Optional.of(new GatewayId(name));
        });
  }

  /**
   * Lets a gateway have another key; the one that it has ends when the new one is first used.
   *
   * @return false if that id was used before, for another key
   */
  public boolean rotate(GatewayId gateway, Enrolment enrolment) throws StoreException {
    return database.write(
        connection -> {
          if (keys.isThere(connection, enrolment, gateway.value())) {
            return true;
          }
          if (keys.isKnown(connection, enrolment.keyId())) {
            return false;
          }
          keys.add(connection, gateway.value(), enrolment, gateway.value());
          return true;
        });
  }

  /** Whether there is nobody who could sign in. */
  public boolean isNobodyThere() throws StoreException {
    return database.read(people::isNobodyThere);
  }

  /**
   * Lets the first person in, an administrator.
   *
   * @return whether he was the first
   * @throws IllegalArgumentException with a sentence for him, if name or password won't do
   */
  public boolean isFirst(String name, String password) throws StoreException {
    NewPerson.check(name, password);
    String hash = hashed(password);
    return database.write(
        connection -> {
          if (!people.isNobodyThere(connection)) {
            return false;
          }
          people.add(connection, name, hash, Role.ADMIN, "set-up");
          audit.write(
              connection, name, Act.USER_ADD, name, "admin, with the set-up code of the console");
          return true;
        });
  }

  /**
   * Begins a session.
   *
   * @return its secret, which is not kept; empty if there is no such person or the password is
   *     wrong
   */
  public Optional<String> signIn(String name, String password) throws StoreException {
    if (password.length() > Passwords.LONGEST || !Person.isName(name)) {
      return Optional.empty();
    }
    Optional<People.WithPassword> known =
        database.read(connection -> people.named(connection, name));
    if (!isRight(known, password)) {
      return Optional.empty();
    }
    Person person = known.orElseThrow().person();
    String secret = Credential.random(random).reveal();
    Instant expires = clock.instant().plus(SESSION).truncatedTo(ChronoUnit.SECONDS);
    database.write(
        connection -> {
          people.begin(connection, person, Credential.hash(secret), expires);
          audit.write(connection, person.name(), Act.SIGN_IN, person.name(), "");
          return true;
        });
    return Optional.of(secret);
  }

  private boolean isRight(Optional<People.WithPassword> known, String password) {
    passwordPlaces.acquireUninterruptibly();
    try {
      if (known.isEmpty()) {
        Passwords.compareInVain(password);
        return false;
      }
      return Passwords.fits(password, known.get().passwordHash());
    } finally {
      passwordPlaces.release();
    }
  }

  private String hashed(String password) {
    passwordPlaces.acquireUninterruptibly();
    try {
      return Passwords.hash(password);
    } finally {
      passwordPlaces.release();
    }
  }

  /** Whose session that is, if it has not ended. */
  public Optional<Holder> ofSession(String secret) throws StoreException {
    String hash = Credential.hash(secret);
    return database
        .read(connection -> people.of(connection, hash))
        .map(person -> new Holder(person.role(), person.name()));
  }

  /** Ends a session. */
  public void signOut(String secret) throws StoreException {
    String hash = Credential.hash(secret);
    database.write(
        connection -> {
          Optional<Person> person = people.of(connection, hash);
          people.end(connection, hash);
          if (person.isPresent()) {
            String name = person.get().name();
            audit.write(connection, name, Act.SIGN_OUT, name, "");
          }
          return true;
        });
  }

  /** Writes down what somebody did who is signed in. */
  public void wrote(String actor, Act act, String subject, String detail) throws StoreException {
    audit.write(database, actor, act, subject, detail);
  }
}
