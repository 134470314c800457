package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.GatewayFolder.Ran;

/**
 * A remote that is spoken to without TLS although it could be elsewhere, beside one that is here.
 */
class InsecureHttpTest {

  static final String REFUSED = "would be spoken to without TLS";

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;

  Central central;
  GatewayFolder gateway;

  @BeforeEach
  void setUp() throws Exception {
    central = new Central(centralFolder.resolve("central.db"));
    gateway = GatewayFolder.create(gatewayFolder, central.url());
    gateway.logger().withReading("2026-03-01 12:00:00", 37);
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void push_toOneThatIsNotAllowed_sendsNothingThereAndServesTheOther() throws Exception {
    configure("");

    Ran ran = gateway.run("push", "--once");

    assertThat(ran.out()).contains(REFUSED, "insecure_http = yes beside it");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(gateway.run("status").lines())
        .anyMatch(line -> line.startsWith("central: ALL SENT"))
        .anyMatch(line -> line.startsWith("far: ") && line.contains(REFUSED));
  }

  @Test
  void statusAndVerify_ofOneThatIsNotAllowed_sayItAndEndWithCode2() throws Exception {
    configure("");

    for (String command : new String[] {"status", "verify"}) {
      Ran ran = gateway.run(command);
      assertThat(ran.out()).as(command).contains(REFUSED);
      assertThat(ran.exit()).as(command).isEqualTo(2);
    }
  }

  @Test
  void doctor_ofOneThatIsNotAllowed_saysWhatToDo() throws Exception {
    configure("");

    assertThat(gateway.run("doctor").out())
        .contains(
            "so nothing is sent there", "or, if you know what you do, say insecure_http = yes");
  }

  @Test
  void status_ofOneThatIsAllowed_showsIt_andDoctorWarns() throws Exception {
    configure("insecure_http = yes");
    String exposed = "everybody on the way can read along, and take the key";

    Ran ran = gateway.run("push", "--once");

    assertThat(ran.exit()).as(ran.out()).isZero();
    assertThat(gateway.run("status").lines())
        .containsOnlyOnce("  no TLS        insecure_http = yes: " + exposed);
    assertThat(gateway.run("doctor").out()).contains("none (insecure_http = yes): " + exposed);
  }

  /** Reaches the same central by an address that could be any machine's. */
  private void configure(String line) throws Exception {
    gateway.configure(
        """
        [general]
        localurl = sqlite:///house.db
        gateway = house12
        [locations]
        central = 1
        far = 1
        [central]
        url = %s
        [far]
        url = http://0.0.0.0:%d/
        %s
        """
            .formatted(central.url(), URI.create(central.url()).getPort(), line));
  }
}
