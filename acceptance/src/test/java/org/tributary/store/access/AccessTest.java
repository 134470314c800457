package org.tributary.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/** Who may ask, and what was done, on every engine. */
class AccessTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final GatewayId GATEWAY = new GatewayId("orchard");
  private static final String PASSWORD = "seven quiet herons";

  private static AccessDesk desk(Database database) throws Exception {
    return AccessDesk.open(database.url(), Access.DURABLE, CLOCK);
  }

  private static void clearTrail(Database database) throws Exception {
    execute(database, "DELETE FROM tributary_audit");
    execute(database, "UPDATE tributary_audit_end SET entries = 0, seal = '' WHERE id = 1");
  }

  private static void execute(Database database, String sql) throws Exception {
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void keysAndPeople_areFoundByWhatTheyShow_untilItIsTakenBack(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = new SignIns(database, CLOCK);
    try (AccessDesk desk = desk(database)) {
      EnrolmentCode code = desk.addGateway(GATEWAY, Duration.ofHours(1), "ann").code();
      Credential key = Credential.random(new SecureRandom());
      assertThat(signIns.holder(key)).isEmpty();
      assertThat(signIns.enrol(code, Enrolment.of(key))).contains(GATEWAY);
      assertThat(signIns.holder(key)).contains(new Holder(Role.GATEWAY, "orchard"));
      assertThat(desk.codes()).isEmpty();
      assertThat(desk.keys())
          .singleElement()
          .satisfies(
              kept -> {
                assertThat(kept.firstUsed()).contains(NOW);
                assertThat(kept.isInForce(NOW)).isTrue();
              });

      Credential next = Credential.random(new SecureRandom());
      signIns.rotate(GATEWAY, Enrolment.of(next));
      signIns.rotate(GATEWAY, Enrolment.of(next));
      assertThat(signIns.holder(key)).as("until the next is used").isPresent();
      assertThat(signIns.holder(next)).isPresent();
      assertThat(signIns.holder(key)).isEmpty();
      assertThat(signIns.enrol(code, Enrolment.of(key)))
          .as("what has ended does not come back by an old code")
          .isEqualTo(Optional.empty());

      Credential token =
          desk.addToken("plots", Role.VIEWER, Optional.of(Duration.ofDays(1)), "ann").orElseThrow();
      assertThat(desk.addToken("plots", Role.VIEWER, Optional.empty(), "ann")).isEmpty();
      assertThat(signIns.holder(token)).contains(new Holder(Role.VIEWER, "plots"));
      Clock later = Clock.fixed(NOW.plus(Duration.ofDays(1)), ZoneOffset.UTC);
      assertThat(new SignIns(database, later).holder(token)).isEmpty();
      assertThat(desk.isTokenRevoked("plots", "ann")).isTrue();
      assertThat(desk.isTokenRevoked("plots", "ann")).isFalse();
      assertThat(signIns.holder(token)).isEmpty();

      assertThat(signIns.isNobodyThere()).isTrue();
      assertThat(signIns.isFirst("Ann", PASSWORD)).isTrue();
      assertThat(signIns.isFirst("eve", PASSWORD)).isFalse();
      assertThat(signIns.signIn("ann", PASSWORD + "x")).isEmpty();
      assertThat(signIns.signIn("nobody", PASSWORD)).isEmpty();
      String session = signIns.signIn("ANN", PASSWORD).orElseThrow();
      assertThat(signIns.ofSession(session)).contains(new Holder(Role.ADMIN, "ann"));
      Clock tomorrow = Clock.fixed(NOW.plus(SignIns.SESSION), ZoneOffset.UTC);
      assertThat(new SignIns(database, tomorrow).ofSession(session)).isEmpty();
      assertThatThrownBy(() -> desk.isPersonAdded("bo", "short", Role.VIEWER, "ann"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> desk.isPersonAdded("b o", PASSWORD, Role.VIEWER, "ann"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTrail_whenOneWritesWhatAnotherWrote_tells(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    clearTrail(database);
    try (AccessDesk desk = desk(database)) {
      for (int i = 0; i < 6; i++) {
        desk.wrote("ann", Act.MAPPING, "orchard House " + i, "decision " + i + "\nof \u00e4 kind");
      }
      assertThat(desk.auditFlaw()).isEmpty();
      assertThat(desk.audit(2))
          .extracting(AuditEntry::subject)
          .containsExactly("orchard House 5", "orchard House 4");

      execute(
          database, "UPDATE tributary_audit SET actor = 'bea' WHERE subject = 'orchard House 3'");
      assertThat(desk.auditFlaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("Entry"));
      execute(
          database, "UPDATE tributary_audit SET actor = 'ann' WHERE subject = 'orchard House 3'");
      assertThat(desk.auditFlaw()).isEmpty();
      execute(database, "DELETE FROM tributary_audit WHERE subject = 'orchard House 5'");
      assertThat(desk.auditFlaw())
          .hasValueSatisfying(flaw -> assertThat(flaw).contains("6 entries", "5 are there"));
      execute(database, "DELETE FROM tributary_audit WHERE subject = 'orchard House 2'");
      assertThat(desk.auditFlaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("missing"));
    } finally {
      clearTrail(database);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTrail_ofWordsThatAreTooLong_keepsTheirBeginnings(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    clearTrail(database);
    try (AccessDesk desk = desk(database)) {
      desk.wrote("a".repeat(256), Act.CHANGE, "s".repeat(255) + "t", "");

      Trail.assertNewest(desk, NOW, "a".repeat(255), "change", "s".repeat(255), "");
      assertThat(desk.auditFlaw()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTrail_whenSeveralWriteAtOnce_isOneChain(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    clearTrail(database);
    DatabaseUrl url = database.url();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String name = "writer " + writer;
      writers.add(
          () -> {
            try (AccessDesk desk = AccessDesk.open(url, Access.DURABLE, CLOCK)) {
              for (int i = 0; i < 10; i++) {
                desk.wrote(name, Act.CHANGE, "House " + i, "");
              }
              return true;
            }
          });
    }
    for (Future<Boolean> done : threads.invokeAll(writers)) {
      assertThat(done.get()).isTrue();
    }
    threads.shutdown();
    try (AccessDesk desk = desk(database)) {
      assertThat(desk.auditFlaw()).isEmpty();
      assertThat(desk.audit(100)).hasSize(40);
    }
  }
}
