package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.Enrolling;
import org.tributary.edge.http.HttpLink;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.http.NotLetInException;
import org.tributary.edge.http.Trust;
import org.tributary.edge.key.GatewayKey;
import org.tributary.edge.key.KeyChange;
import org.tributary.edge.key.KeyFile;
import org.tributary.store.access.Key;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.GatewayId;

/** How a gateway gets its first key and every other, whatever breaks off. */
class EnrolmentTest {

  private static final GatewayId GATEWAY = ClosedCentral.OWN;

  @TempDir Path folder;

  private final Clock clock = Clock.systemUTC();
  private ClosedCentral central;

  @BeforeEach
  void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), clock);
  }

  @AfterEach
  void close() {
    central.close();
  }

  private EnrolmentCode code() throws Exception {
    return central.desk.addGateway(GATEWAY, Duration.ofHours(1), "ann").code();
  }

  private KeyFile file() {
    return KeyFile.of(folder, URI.create(central.root + "/"));
  }

  private KeyChange change() {
    KeyFile file = file();
    HttpLink link =
        new HttpLink(
            URI.create(central.root + "/"),
            new LinkSecurity(() -> file.read().key(), false, Trust.SYSTEM),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));
    return new KeyChange(link, file, clock);
  }

  private boolean opens(Credential key) throws Exception {
    return central.ask("GET", "/sync/gateways/" + GATEWAY, key).statusCode() != 401;
  }

  private long keysInForce() throws Exception {
    Instant now = clock.instant();
    return central.desk.keys().stream()
        .filter(key -> key.role() == Role.GATEWAY && key.isInForce(now))
        .count();
  }

  @Test
  void enrol_whenTheCodeIsRight_completesTheConfigurationAndKeepsTheKeyToItsOwner()
      throws Exception {
    Path config = folder.resolve("synchronise.conf");
    Files.writeString(
        config, "# the loft's\n[general]\nlocalurl = sqlite:///g.db  # logger\nsynctime = 5\n");
    Enrolling.Done done =
        Enrolling.at(
                config, Map.of(), central.root, new Enrolling.Terms(false, Optional.empty()), clock)
            .enrol(code());
    assertThat(done.gateway()).isEqualTo(GATEWAY);
    assertThat(Files.readString(config))
        .startsWith(
            "# the loft's\n[general]\ngateway = orchard-lane\nlocalurl = sqlite:///g.db  # logger\n")
        .contains("[central]\nurl = " + central.root);
    assertThat(done.todo()).containsExactly("tributary push goes on from here.");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(done.keyFile())))
        .isEqualTo("rw-------");
    assertThat(file().isOpenToOthers()).isFalse();
    assertThat(opens(file().read().key().orElseThrow())).isTrue();
    assertThat(Files.readAllBytes(folder.resolve("c.db")))
        .as("central has no secret")
        .asString()
        .doesNotContain(file().read().key().orElseThrow().reveal().substring(21));
  }

  @Test
  void enrol_whenThereIsNoConfiguration_makesOneForItsOwnerAlone() throws Exception {
    Path config = folder.resolve("fresh.conf");

    Enrolling.at(
            config, Map.of(), central.root, new Enrolling.Terms(false, Optional.empty()), clock)
        .enrol(code());

    assertThat(Files.readString(config)).contains("localurl =");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .as("it may be given a database's password")
        .isEqualTo("rw-------");
  }

  @Test
  void enrol_whenAnothersConfigurationStandsInTheSameFolder_leavesItItsKey() throws Exception {
    change().enrol(code());
    GatewayKey before = file().read();
    Path config = folder.resolve("plum-street.conf");
    Files.writeString(
        config,
        "[general]\nlocalurl = sqlite:///g.db\ngateway = plum-street\n[locations]\ncentral = 1\n"
            + "[central]\nurl = "
            + central.root
            + "/\n");
    Enrolling other =
        Enrolling.at(
            config, Map.of(), central.root, new Enrolling.Terms(false, Optional.empty()), clock);
    EnrolmentCode code =
        central.desk.addGateway(new GatewayId("plum-street"), Duration.ofHours(1), "ann").code();
    assertThatThrownBy(() -> other.enrol(code))
        .hasMessageContaining("is the key of gateway " + GATEWAY)
        .hasMessageContaining("keyfile = FILE");
    assertThat(file().read()).isEqualTo(before);
  }

  @Test
  void enrol_whenTheAnswerIsLost_isAnsweredAlikeTheSecondTime() throws Exception {
    EnrolmentCode code = code();
    Credential made = Credential.random(new SecureRandom());
    file().write(GatewayKey.NONE.awaiting(made)); // written down, sent, and then the link was dead
    assertThat(central.enrol(code, made).statusCode()).isEqualTo(200);
    assertThat(change().enrol(code)).isEqualTo(GATEWAY);
    assertThat(file().read().key()).contains(made);
    assertThat(opens(made)).isTrue();
  }

  @Test
  void enrol_whenTheCodeWasUsedOrEndedOrIsNone_isRefusedAndLeavesWhatThereWas() throws Exception {
    EnrolmentCode used = code();
    change().enrol(used);
    GatewayKey before = file().read();
    assertThatThrownBy(() -> change().enrol(used)).isInstanceOf(NotLetInException.class);
    assertThat(file().read()).isEqualTo(before);
    EnrolmentCode withdrawn = code();
    code(); // the newest counts
    assertThatThrownBy(() -> change().enrol(withdrawn)).isInstanceOf(NotLetInException.class);
    EnrolmentCode none = EnrolmentCode.random(new SecureRandom());
    assertThatThrownBy(() -> change().enrol(none)).isInstanceOf(NotLetInException.class);
    assertThat(opens(before.key().orElseThrow())).isTrue();
  }

  @Test
  void enrol_whenTheCodeHasEnded_isRefused() throws Exception {
    Instant tomorrow = clock.instant().plus(Duration.ofHours(2));
    EnrolmentCode code = code();
    central.close();
    central =
        new ClosedCentral(
            "sqlite:///" + folder.resolve("c.db"), Clock.fixed(tomorrow, ZoneOffset.UTC));
    assertThat(central.enrol(code, Credential.random(new SecureRandom())).statusCode())
        .isEqualTo(401);
  }

  @Test
  void enrol_whenTwoComeAtOnceWithOneCode_letsOneIn() throws Exception {
    for (int round = 0; round < 5; round++) {
      EnrolmentCode code = code();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Callable<HttpResponse<String>>> comers = new ArrayList<>();
      List<Credential> keys = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Credential key = Credential.random(new SecureRandom());
        keys.add(key);
        comers.add(() -> central.enrol(code, key));
      }
      int in = 0;
      for (Future<HttpResponse<String>> answer : threads.invokeAll(comers)) {
        in += answer.get().statusCode() == 200 ? 1 : 0;
      }
      threads.shutdown();
      int open = 0;
      for (Credential key : keys) {
        open += opens(key) ? 1 : 0;
      }
      assertThat(in).isEqualTo(1);
      assertThat(open).isEqualTo(1);
    }
  }

  @Test
  void enrolAnew_endsTheKeyOfAThief() throws Exception {
    change().enrol(code());
    Credential stolen = file().read().key().orElseThrow();
    change().enrol(code());
    assertThat(opens(stolen)).isFalse();
    assertThat(opens(file().read().key().orElseThrow())).isTrue();
  }

  @Test
  void renewal_whereverItIsKilled_neverLocksTheGatewayOut() throws Exception {
    change().enrol(code());
    Random random = new Random(7);
    for (int round = 0; round < 25; round++) {
      GatewayKey before = file().read();
      switch (random.nextInt(4)) {
        case 0 -> // killed before central heard of it
            file().write(before.awaiting(Credential.random(new SecureRandom())));
        case 1 -> { // killed before its answer was written down
          change().renew();
          Credential next = file().read().key().orElseThrow();
          file().write(before.awaiting(next));
        }
        case 2 -> { // the old key is used once more meanwhile
          change().renew();
          assertThat(opens(before.key().orElseThrow())).isTrue();
        }
        default -> change().renew();
      }
      if (file().read().next().isPresent()) {
        assertThat(file().read().isDue(clock.instant())).isTrue();
        change().renew();
      }
      assertThat(opens(file().read().key().orElseThrow())).as("round " + round).isTrue();
      assertThat(keysInForce()).as("round " + round).isEqualTo(1);
    }
  }

  @Test
  void renewal_isDueAfterNinetyDays_andNotOfATokenThatSomebodyPutThere() throws IOException {
    Instant now = clock.instant();
    Credential key = Credential.random(new SecureRandom());
    GatewayKey fresh =
        new GatewayKey(Optional.of(GATEWAY), Optional.of(key), Optional.of(now), Optional.empty());
    assertThat(fresh.isDue(now.plus(Duration.ofDays(89)))).isFalse();
    assertThat(fresh.isDue(now.plus(Duration.ofDays(91)))).isTrue();
    GatewayKey token =
        new GatewayKey(Optional.empty(), Optional.of(key), Optional.empty(), Optional.empty());
    assertThat(token.isDue(now)).isFalse();
    Path damaged = folder.resolve("damaged.key");
    Files.writeString(damaged, "key = trb_nothing");
    assertThatThrownBy(() -> new KeyFile(damaged).read())
        .hasMessageContaining("tributary enrol")
        .hasMessageNotContaining("trb_nothing");
    Key kept =
        new Key(
            key.id(),
            Role.GATEWAY,
            "g",
            now,
            "ann",
            Optional.of(now),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(kept.isInForce(now)).isFalse();
    assertThat(kept.isInForce(now.minusMillis(1))).isTrue();
  }
}
