package org.tributary.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.StoreException;

/** Who can sign in, as whom, and what ends what he has open. */
class PeopleTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final String PASSWORD = "seven quiet herons";

  @ParameterizedTest
  @EnumSource
  void isPersonAdded_letsSomebodyInOnce(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    AccessDesk desk = desk(database);

    assertThat(desk.isPersonAdded("Zoe", PASSWORD, Role.OPERATOR, "ann")).isTrue();
    Trail.assertNewest(desk, NOW, "ann", "user-add", "Zoe", "operator");
    assertThat(desk.isPersonAdded("zoe", "another long one", Role.ADMIN, "eve")).isFalse();
    assertThat(desk.isPersonAdded("bo", PASSWORD, Role.VIEWER, "ann")).isTrue();

    assertThat(desk.people()).extracting(Person::name).containsExactly("bo", "zoe");
    Person zoe = desk.people().get(1);
    assertThat(zoe).isEqualTo(new Person(zoe.id(), "zoe", Role.OPERATOR, NOW, "ann"));
    assertThat(holder(database, "zoe", PASSWORD)).contains(new Holder(Role.OPERATOR, "zoe"));
    assertThat(at(database, NOW).isNobodyThere()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void isRoleChanged_countsInSessionsThatAreOpen(TestEngine engine) throws Exception {
    Database database = withZoe(engine);
    AccessDesk desk = desk(database);
    String session = at(database, NOW).signIn("zoe", PASSWORD).orElseThrow();

    assertThat(desk.isRoleChanged("zoe", Role.VIEWER, "ann")).isTrue();

    Trail.assertNewest(desk, NOW, "ann", "user-role", "zoe", "viewer");
    assertThat(at(database, NOW).ofSession(session)).contains(new Holder(Role.VIEWER, "zoe"));
    assertThat(desk.isRoleChanged("nobody", Role.VIEWER, "ann")).isFalse();
    assertThat(desk.audit(1).get(0).subject()).as("nothing was done").isEqualTo("zoe");
  }

  @ParameterizedTest
  @EnumSource
  void isPasswordChanged_endsWhatIsOpenAndTheOldPassword(TestEngine engine) throws Exception {
    Database database = withZoe(engine);
    AccessDesk desk = desk(database);
    String session = at(database, NOW).signIn("zoe", PASSWORD).orElseThrow();

    assertThat(desk.isPasswordChanged("zoe", "eight loud herons", "ann")).isTrue();

    Trail.assertNewest(desk, NOW, "ann", "user-password", "zoe", "");
    assertThat(at(database, NOW).ofSession(session)).isEmpty();
    assertThat(holder(database, "zoe", PASSWORD)).isEmpty();
    assertThat(holder(database, "zoe", "eight loud herons")).isPresent();
    assertThat(desk.isPasswordChanged("nobody", "eight loud herons", "ann")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> desk.isPasswordChanged("zoe", "short", "ann"));
  }

  @ParameterizedTest
  @EnumSource
  void isPersonRemoved_endsWhatIsOpen(TestEngine engine) throws Exception {
    Database database = withZoe(engine);
    AccessDesk desk = desk(database);
    String session = at(database, NOW).signIn("zoe", PASSWORD).orElseThrow();

    assertThat(desk.isPersonRemoved("Zoe", "ann")).isTrue();

    Trail.assertNewest(desk, NOW, "ann", "user-remove", "Zoe", "");
    assertThat(at(database, NOW).ofSession(session)).isEmpty();
    assertThat(holder(database, "zoe", PASSWORD)).isEmpty();
    assertThat(desk.people()).isEmpty();
    assertThat(desk.isPersonRemoved("zoe", "ann")).as("gone already").isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void signOut_endsThatSessionAndNoOther(TestEngine engine) throws Exception {
    Database database = withZoe(engine);
    AccessDesk desk = desk(database);
    SignIns signIns = at(database, NOW);
    String one = signIns.signIn("zoe", PASSWORD).orElseThrow();
    Trail.assertNewest(desk, NOW, "zoe", "sign-in", "zoe", "");
    String other = signIns.signIn("zoe", PASSWORD).orElseThrow();

    signIns.signOut(one);

    Trail.assertNewest(desk, NOW, "zoe", "sign-out", "zoe", "");
    assertThat(signIns.ofSession(one)).isEmpty();
    assertThat(signIns.ofSession(other)).isPresent();
    desk.wrote("ann", Act.CHANGE, "House 3", "address");
    signIns.signOut(one);
    Trail.assertNewest(desk, NOW, "ann", "change", "House 3", "address");
  }

  @ParameterizedTest
  @EnumSource
  void signIn_forgetsSessionsThatHaveEnded(TestEngine engine) throws Exception {
    Database database = withZoe(engine);
    at(database, NOW).signIn("zoe", PASSWORD);
    Instant end = NOW.plus(SignIns.SESSION);

    String later = at(database, end).signIn("zoe", PASSWORD).orElseThrow();

    assertThat(sessions(database)).isEqualTo(1);
    assertThat(at(database, end).ofSession(later)).isPresent();
  }

  /** Two places for passwords, and each is given back whatever comes of it. */
  @ParameterizedTest
  @EnumSource
  void signIn_isPossibleAfterAnyNumberOfWrongPasswords(TestEngine engine) throws Exception {
    Database database = withZoe(engine);
    SignIns signIns = at(database, NOW);
    for (String name : new String[] {"zoe", "nobody", "zoe"}) {
      assertThat(signIns.signIn(name, "not her password")).isEmpty();
      assertThat(signIns.isFirst("eve", PASSWORD)).isFalse();
    }

    assertThat(signIns.signIn("zoe", PASSWORD)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void isFirst_inAnEmptyHouse_isAnAdministrator(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    assertThatIllegalArgumentException().isThrownBy(() -> signIns.isFirst("ann", "short"));
    assertThat(signIns.isNobodyThere()).isTrue();

    assertThat(signIns.isFirst("ann", PASSWORD)).isTrue();

    Trail.assertNewest(
        desk(database),
        NOW,
        "ann",
        "user-add",
        "ann",
        "admin, with the set-up code of the console");
    assertThat(desk(database).people()).extracting(Person::createdBy).containsExactly("set-up");
    signIns.wrote("ann", Act.CHANGE, "House 3", "address");
    Trail.assertNewest(desk(database), NOW, "ann", "change", "House 3", "address");
  }

  /** Else anybody could keep central busy with passwords of any length. */
  @ParameterizedTest
  @EnumSource
  void signIn_withWhatCanBeNoPassword_isRefused(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    String longest = "x".repeat(256);
    desk(database).isPersonAdded("zoe", longest, Role.VIEWER, "ann");

    assertThat(holder(database, "zoe", longest)).isPresent();
    assertThat(holder(database, "zoe", longest + "x")).isEmpty();
    assertThat(holder(database, "zoe' --", longest)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b o", "zoë", "a/b"})
  void check_ofWhatIsNoName_saysSo(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewPerson.check(name, PASSWORD))
        .withMessageContaining("1 to 64 letters");
  }

  @Test
  void check_takesNamesAndPasswordsUpToTheirLimits() {
    NewPerson.check("x".repeat(64), "y".repeat(10));
    NewPerson.check("a.b_c@d-1", "y".repeat(256));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewPerson.check("x".repeat(65), PASSWORD))
        .withMessageContaining("1 to 64 letters");
    for (int length : new int[] {9, 257}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NewPerson.check("zoe", "y".repeat(length)))
          .withMessageContaining("10 to 256 characters");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewPerson.check("long.enough", "Long.Enough"))
        .withMessageContaining("must not be the name");
  }

  @Test
  void named_isTheRoleThatSomebodyWrote() {
    assertThat(Role.named("Viewer")).contains(Role.VIEWER);
    assertThat(Role.named("root")).isEqualTo(Optional.empty());
    assertThat(Role.values()).filteredOn(Role::isOfPeople).doesNotContain(Role.GATEWAY);
    assertThat(Role.values())
        .filteredOn(Role::isOfPeople)
        .containsExactly(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
  }

  private static Database withZoe(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    desk(database).isPersonAdded("zoe", PASSWORD, Role.OPERATOR, "ann");
    return database;
  }

  private static AccessDesk desk(Database database) {
    return AccessDesk.within(database, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static SignIns at(Database database, Instant now) {
    return new SignIns(database, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Optional<Holder> holder(Database database, String name, String password)
      throws StoreException {
    SignIns signIns = at(database, NOW);
    Optional<String> session = signIns.signIn(name, password);
    return session.isEmpty() ? Optional.empty() : signIns.ofSession(session.get());
  }

  private static long sessions(Database database) throws StoreException {
    return database.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM tributary_session")) {
            found.next();
            return found.getLong(1);
          }
        });
  }
}
