package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.GatewayFolder.Ran;

/** {@code doctor} on set-ups that are right and on such that are not. */
class DoctorCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;

  Central central;
  GatewayFolder gateway;

  @BeforeEach
  void setUp() throws Exception {
    central = new Central(centralFolder.resolve("central.db"));
    gateway = GatewayFolder.create(gatewayFolder, central.url());
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void doctor_ofAGoodSetUp_findsNothing() throws Exception {
    String justNow = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    gateway
        .logger()
        .withReading(justNow.replaceAll("[TZ]", " ").strip(), 37)
        .run("PRAGMA journal_mode=WAL");

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(ok("configuration", ".*: gateway house12 pushes to central every 10 min"))
        .anyMatch(ok("local database", "sqlite:///.*house.db can be read"))
        .anyMatch(ok("tables", "all 11 are there"))
        .anyMatch(ok("journal", "write-ahead log: .*"))
        .anyMatch(ok("newest reading", ".* ago"))
        .anyMatch(ok("disk space", ".* free in .*"))
        .anyMatch(ok("name", "127.0.0.1 is an address"))
        .anyMatch(ok("port", "something listens on 127.0.0.1:.*"))
        .anyMatch(ok("greeting", "Tributary 0.1.0; gateway house12 is new to it.*"))
        .anyMatch(ok("clock", ".*central's"))
        .anyMatch(ok("push's folder", ".*push-state is made by the first push"))
        .anyMatch(ok("push", "is not running at the moment"))
        .endsWith("", "No problem.");
    assertThat(ran.exit()).isZero();
    assertThat(central.gateways()).isEqualTo("[]");
  }

  @Test
  void doctor_afterAPush_saysThatCentralKnowsTheGateway() throws Exception {
    gateway.logger();
    gateway.push();

    assertThat(gateway.run("doctor").lines())
        .anyMatch(ok("greeting", "Tributary 0.1.0, which knows gateway house12"));
  }

  @Test
  void doctor_withoutTables_namesThemAndStillLooksAtCentral() throws Exception {
    gateway.logger().run("DROP TABLE Location").run("DROP TABLE Reading");

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("tables", "missing: Location, Reading"))
        .anyMatch(notChecked("newest reading", "because of tables"))
        .anyMatch(ok("greeting", "Tributary .*"));
    assertThat(ran.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
  }

  @Test
  void doctor_whereCentralsEditsAreTaken_looksWhetherTheyCanBeWritten() throws Exception {
    gateway.configure(Files.readString(gateway.config()) + "\nmetadata = both\n");
    LoggerFile house = gateway.logger();
    assertThat(gateway.run("doctor").lines())
        .anyMatch(ok("central's edits", "can be written here.*"));

    house.run("ALTER TABLE Sensor RENAME TO kept").run("CREATE VIEW Sensor AS SELECT * FROM kept");

    Ran ran = gateway.run("doctor");
    assertThat(ran.lines())
        .anyMatch(problem("central's edits", "it can't be written: INSERT on Sensor.*"));
    assertThat(ran.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
  }

  @Test
  void doctor_withoutAFile_saysSo() {
    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("local database", "there is no file .*house.db"))
        .anyMatch(notChecked("tables", "because of local database"))
        .anyMatch(ok("greeting", "Tributary .*"));
    assertThat(ran.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
    assertThat(gateway.house()).doesNotExist();
  }

  @Test
  void doctor_ofAFileThatIsNoDatabase_saysSo() throws Exception {
    Files.writeString(gateway.house(), "time,value\n".repeat(500));

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("local database", ".*damaged or no database of this kind.*"));
    assertThat(ran.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
  }

  @Test
  void doctor_ofAFileWithoutWriteAheadLog_givesTheCommand() throws Exception {
    gateway.logger();

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines()).anyMatch(warning("journal", "no write-ahead log.*"));
    assertThat(ran.out()).contains("sqlite3 " + gateway.house() + " 'PRAGMA journal_mode=WAL'");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void doctor_whenNothingListens_checksNothingBehindIt() throws Exception {
    gateway.logger();
    gateway = GatewayFolder.create(gatewayFolder, "http://127.0.0.1:" + closedPort());

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("port", "nothing listens on 127.0.0.1:.*"))
        .anyMatch(notChecked("greeting", "because of port"))
        .anyMatch(notChecked("clock", "because of port"));
    assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }

  @Test
  void doctor_ofANameThatDoesNotResolve_saysSo() throws Exception {
    gateway.logger();
    gateway = GatewayFolder.create(gatewayFolder, "https://nowhere.invalid/");

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("name", "the name nowhere.invalid does not resolve"))
        .anyMatch(notChecked("port", "because of name"))
        .anyMatch(notChecked("TLS", "because of name"))
        .anyMatch(notChecked("greeting", "because of name"));
    assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }

  @Test
  void doctor_whenAnotherProgramAnswers_saysWhatItLooksLike() throws Exception {
    gateway.logger();
    HttpServer portal =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page =
        "<html><title>Hotel \u001b[31mWiFi</title>Please sign in</html>"
            .getBytes(StandardCharsets.UTF_8);
    portal.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    portal.start();
    try {
      gateway =
          GatewayFolder.create(
              gatewayFolder, "http://127.0.0.1:%d/".formatted(portal.getAddress().getPort()));

      Ran ran = gateway.run("doctor");

      assertThat(ran.lines())
          .anyMatch(
              problem(
                  "greeting", "not a Tributary central: status 200, text/html, \"Hotel .*WiFi\""));
      assertThat(ran.out()).doesNotContain("\u001b");
      assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
    } finally {
      portal.stop(0);
    }
  }

  @Test
  void doctor_ofAWrongConfiguration_listsEveryProblemAndLooksAtTheRest() throws Exception {
    gateway.configure("[general]\nlocalurl = nonsense\npushlimt = 3\n[locations]\nx = 1\n");

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("configuration", ".*synchronise.conf:2: localurl: .*"))
        .anyMatch(problem("", ".*synchronise.conf:3: unknown key pushlimt .*"))
        .anyMatch(problem("", ".*synchronise.conf:5: x is switched on .*"))
        .anyMatch(notChecked("local database", "because of configuration"))
        .anyMatch(notChecked("remotes", "because of configuration"))
        .anyMatch(ok("disk space", ".* free in .*"))
        .endsWith("", "3 problems.");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void doctor_ofADatabaseBehindAHostThatIsNot_saysSoAndNotThePassword() throws Exception {
    gateway.logger();
    gateway.configure(
        """
        [general]
        localurl = sqlite:///house.db
        [locations]
        old = 1
        [old]
        url = host.example
        dbstring = mysql://user:hushhush@127.0.0.1/house
        """);

    Ran ran = gateway.run("doctor");

    assertThat(ran.lines())
        .anyMatch(problem("name", ".*host.example does not resolve.*"))
        .anyMatch(notChecked("database", "because of name"));
    assertThat(ran.out()).doesNotContain("hushhush");
  }

  private static int closedPort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Predicate<String> ok(String check, String what) {
    return line("\\+ ok", check, what);
  }

  private static Predicate<String> warning(String check, String what) {
    return line("! warning", check, what);
  }

  private static Predicate<String> problem(String check, String what) {
    return line("x problem", check, what);
  }

  private static Predicate<String> notChecked(String check, String what) {
    return line("- not checked", check, what);
  }

  private static Predicate<String> line(String level, String check, String what) {
    String pattern = "  %s +%s +%s".formatted(level, check, what).replace("+ + ", "+ ");
    return text -> text.matches(pattern);
  }
}
