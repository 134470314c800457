package org.tributary.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;
import org.tributary.store.StoreException;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/** Codes and keys of gateways, and tokens of programs: what each opens, and until when. */
class KeysTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final GatewayId ORCHARD = new GatewayId("orchard");
  private static final GatewayId MILL = new GatewayId("mill");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Credential first = Credential.random(RANDOM);
  private final Credential second = Credential.random(RANDOM);

  @ParameterizedTest
  @EnumSource
  void addGateway_tellsTheCodesEndAndKeepsWhoGaveItOut(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    AccessDesk desk = desk(database, NOW);

    AccessDesk.Given given = desk.addGateway(ORCHARD, HOUR, "ann");
    desk.addGateway(MILL, HOUR, "bea");

    Instant end = Instant.parse("2026-03-01T11:00:00Z");
    assertThat(given.expires()).isEqualTo(end);
    assertThat(desk.codes())
        .containsExactly(
            new OpenCode("mill", NOW, "bea", end), new OpenCode("orchard", NOW, "ann", end));
    Trail.assertNewest(desk, NOW, "bea", "gateway-add", "mill", "a code until " + end);
    assertThat(desk(database, end).codes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void enrol_withACodeThatHasEnded_opensNothing(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    AccessDesk.Given given = desk(database, NOW).addGateway(ORCHARD, HOUR, "ann");

    assertThat(at(database, given.expires()).enrol(given.code(), Enrolment.of(first))).isEmpty();
    assertThat(at(database, given.expires()).holder(first)).isEmpty();
    assertThat(at(database, given.expires().minusSeconds(1)).enrol(given.code(), of(first)))
        .contains(ORCHARD);
  }

  @ParameterizedTest
  @EnumSource
  void enrol_withTheSameCodeAgain_answersTheSameKeyAlikeAndNoOther(TestEngine engine)
      throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    AccessDesk desk = desk(database, NOW);
    EnrolmentCode code = desk.addGateway(ORCHARD, HOUR, "ann").code();

    assertThat(signIns.enrol(code, of(first))).contains(ORCHARD);
    Trail.assertNewest(desk, NOW, "orchard", "gateway-enrol", "orchard", "with key " + first.id());
    assertThat(signIns.enrol(code, of(first))).as("the answer was lost").contains(ORCHARD);
    assertThat(signIns.enrol(code, of(second))).as("somebody else has it").isEmpty();

    assertThat(desk.keys()).extracting(Key::id).containsExactly(first.id());
    assertThat(signIns.holder(second)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void enrol_withAnOlderCode_opensNothing(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    AccessDesk desk = desk(database, NOW);
    EnrolmentCode older = desk.addGateway(ORCHARD, HOUR, "ann").code();
    EnrolmentCode newer = desk.addGateway(ORCHARD, HOUR, "ann").code();

    assertThat(desk.codes()).hasSize(1);
    assertThat(at(database, NOW).enrol(older, of(first))).isEmpty();
    assertThat(at(database, NOW).enrol(newer, of(first))).contains(ORCHARD);
  }

  @ParameterizedTest
  @EnumSource
  void enrol_anew_endsTheKeysThatTheGatewayHad(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    enrol(database, ORCHARD, first);
    signIns.holder(first);
    Credential others = Credential.random(RANDOM);
    enrol(database, MILL, others);

    enrol(database, ORCHARD, second);

    assertThat(signIns.holder(first)).isEmpty();
    assertThat(signIns.holder(second)).contains(new Holder(Role.GATEWAY, "orchard"));
    assertThat(signIns.holder(others)).contains(new Holder(Role.GATEWAY, "mill"));
    Key ended = key(database, first);
    assertThat(ended.revoked()).contains(NOW);
    assertThat(ended.why()).contains("enrolled anew");
    assertThat(ended.isInForce(NOW)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void holder_ofAKeyWithAnotherSecret_isNobody(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    enrol(database, ORCHARD, first);
    Credential forged =
        Credential.parse(first.reveal().substring(0, 21) + second.reveal().substring(21))
            .orElseThrow();

    assertThat(forged.id()).isEqualTo(first.id());
    assertThat(at(database, NOW).holder(forged)).isEmpty();
    assertThat(key(database, first).firstUsed()).as("nothing was noted").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void holder_notesTheFirstUseAndOneAnHour(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    enrol(database, ORCHARD, first);
    at(database, NOW).holder(first);
    Instant soon = NOW.plus(HOUR);
    at(database, soon).holder(first);
    assertThat(key(database, first).lastUsed()).as("within an hour").contains(NOW);

    Instant later = soon.plusMillis(1);
    at(database, later).holder(first);

    Key key = key(database, first);
    assertThat(key.firstUsed()).contains(NOW);
    assertThat(key.lastUsed()).contains(later);
    Instant back = later.minus(HOUR);
    at(database, back).holder(first);
    assertThat(key(database, first).lastUsed()).as("still within an hour").contains(later);
    at(database, back.minusMillis(1)).holder(first);
    assertThat(key(database, first).lastUsed())
        .as("the clock was set")
        .contains(back.minusMillis(1));
  }

  @ParameterizedTest
  @EnumSource
  void rotate_whenTheNewKeyIsFirstUsed_endsTheOneBefore(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    AccessDesk desk = desk(database, NOW);
    enrol(database, ORCHARD, first);
    signIns.holder(first);

    assertThat(signIns.rotate(ORCHARD, of(second))).isTrue();
    assertThat(signIns.rotate(ORCHARD, of(second))).as("the answer was lost").isTrue();
    assertThat(signIns.holder(first)).as("not used yet").isPresent();
    signIns.holder(second);

    assertThat(signIns.holder(first)).isEmpty();
    assertThat(key(database, first).why()).contains("another one is in use");
    Trail.assertNewest(
        desk,
        NOW,
        "orchard",
        "gateway-key",
        "orchard",
        "uses key %s; the one before ended".formatted(second.id()));
  }

  @ParameterizedTest
  @EnumSource
  void rotate_again_dropsTheKeyThatWasNeverUsed(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    enrol(database, ORCHARD, first);
    signIns.holder(first);
    Credential third = Credential.random(RANDOM);
    signIns.rotate(ORCHARD, of(second));

    signIns.rotate(ORCHARD, of(third));

    assertThat(signIns.holder(second)).isEmpty();
    assertThat(signIns.holder(first)).isPresent();
    assertThat(desk(database, NOW).keys())
        .extracting(Key::id)
        .containsExactlyInAnyOrder(first.id(), third.id());
  }

  @ParameterizedTest
  @EnumSource
  void rotate_toAKeyThatIsAnothers_isRefused(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    enrol(database, ORCHARD, first);
    enrol(database, MILL, second);

    assertThat(signIns.rotate(ORCHARD, of(second))).isFalse();
    assertThat(signIns.rotate(ORCHARD, new Enrolment(first.id(), second.hash())))
        .as("its id with another secret")
        .isFalse();
    assertThat(signIns.holder(second)).contains(new Holder(Role.GATEWAY, "mill"));
    assertThat(signIns.holder(first)).contains(new Holder(Role.GATEWAY, "orchard"));
  }

  @ParameterizedTest
  @EnumSource
  void revokeGateway_endsItsKeysAndItsOpenCodeAndNobodyElses(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    AccessDesk desk = desk(database, NOW);
    enrol(database, MILL, second);
    enrol(database, ORCHARD, first);
    EnrolmentCode open = desk.addGateway(ORCHARD, HOUR, "ann").code();

    assertThat(desk.revokeGateway(ORCHARD, "bea")).isEqualTo(1);

    assertThat(signIns.holder(first)).isEmpty();
    assertThat(key(database, first).why()).contains("revoked by bea");
    Trail.assertNewest(desk, NOW, "bea", "gateway-revoke", "orchard", "1 keys");
    assertThat(desk.codes()).isEmpty();
    assertThat(signIns.enrol(open, of(Credential.random(RANDOM)))).isEmpty();
    assertThat(signIns.holder(second)).isPresent();
    assertThat(desk.revokeGateway(ORCHARD, "bea")).as("it has none any more").isZero();
  }

  @ParameterizedTest
  @EnumSource
  void addToken_thatEnds_opensUntilThen(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    AccessDesk desk = desk(database, NOW);

    Credential token = desk.addToken("plots", Role.VIEWER, Optional.of(HOUR), "ann").orElseThrow();

    Instant end = Instant.parse("2026-03-01T11:00:00Z");
    Trail.assertNewest(desk, NOW, "ann", "token-add", "plots", "viewer");
    assertThat(at(database, end.minusSeconds(1)).holder(token))
        .contains(new Holder(Role.VIEWER, "plots"));
    assertThat(at(database, end).holder(token)).isEmpty();
    Key key = key(database, token);
    assertThat(key.expires()).contains(end);
    assertThat(key.createdBy()).isEqualTo("ann");
    assertThat(key.created()).isEqualTo(NOW);
    assertThat(desk(database, end).addToken("plots", Role.UPLOADER, Optional.empty(), "ann"))
        .as("the name is free again")
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void addToken_ofANameThatAGatewayHas_isAnotherThing(TestEngine engine) throws Exception {
    Database database = OurDatabases.shared(engine);
    SignIns signIns = at(database, NOW);
    AccessDesk desk = desk(database, NOW);
    enrol(database, ORCHARD, first);

    Credential token = desk.addToken("orchard", Role.VIEWER, Optional.empty(), "ann").orElseThrow();
    assertThat(desk.addToken("mill", Role.VIEWER, Optional.empty(), "ann")).isPresent();
    assertThat(desk.isTokenRevoked("orchard", "bea")).isTrue();

    assertThat(signIns.holder(token)).isEmpty();
    assertThat(signIns.holder(first)).as("the gateway's key").isPresent();
    assertThat(key(database, token).why()).contains("revoked by bea");
    Trail.assertNewest(desk, NOW, "bea", "token-revoke", "orchard", "");
    assertThat(desk.isTokenRevoked("nothing", "bea")).isFalse();
    assertThat(desk.audit(1).get(0).subject()).as("nothing was done").isEqualTo("orchard");
  }

  @ParameterizedTest
  @EnumSource
  void addToken_withARoleOfGateways_isRefused(TestEngine engine) throws Exception {
    AccessDesk desk = desk(OurDatabases.shared(engine), NOW);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> desk.addToken("plots", Role.GATEWAY, Optional.empty(), "ann"));
    assertThat(desk.keys()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void open_ofADatabaseThatIsNoCentrals_isRefused(TestEngine engine) {
    DatabaseUrl blank = OurDatabases.blank(engine);

    assertThatThrownBy(() -> AccessDesk.open(blank, Access.DURABLE, Clock.systemUTC()))
        .isInstanceOf(StoreException.class);
  }

  private static AccessDesk desk(Database database, Instant now) {
    return AccessDesk.within(database, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static SignIns at(Database database, Instant now) {
    return new SignIns(database, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Enrolment of(Credential key) {
    return Enrolment.of(key);
  }

  private static void enrol(Database database, GatewayId gateway, Credential key)
      throws StoreException {
    EnrolmentCode code = desk(database, NOW).addGateway(gateway, HOUR, "ann").code();
    assertThat(at(database, NOW).enrol(code, of(key))).contains(gateway);
  }

  private static Key key(Database database, Credential shown) throws StoreException {
    List<Key> keys = desk(database, NOW).keys();
    return keys.stream().filter(key -> key.id().equals(shown.id())).findAny().orElseThrow();
  }
}
