package org.tributary.acceptance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.tributary.cli.Told;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import org.tributary.wire.GatewayId;

/** The pages about gateways, houses' days and decisions, after real pushes of two gateways. */
class FleetPagesTest {

  private static final String PASSWORD = "a few plain words";
  private static final String ADDRESS = "<script>alert(1)</script> שדרות \"Orchard\" Lane";

  @TempDir static Path folder;
  private static CentralServer central;
  private static AccessDesk desk;
  private static Browser browser;
  private static LocalDate yesterday;

  @BeforeAll
  static void start() throws Exception {
    yesterday = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC).minusDays(1);
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + folder.resolve("central.db"), folder);
    central =
        CentralServer.start(
            url,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.ON,
            "0.1.0",
            Clock.systemUTC());
    desk = AccessDesk.open(url, Access.DURABLE, Clock.systemUTC());
    desk.isPersonAdded("ann", PASSWORD, Role.ADMIN, "test");
    Path first = folder.resolve("house-17.db");
    assertThat(
            Told.by("datagen", "--db", "sqlite:///" + first, "--days", "3", "--nodes", "3").code())
        .isZero();
    change(
        first,
        "UPDATE House SET address = '" + ADDRESS + "'",
        "DELETE FROM Reading WHERE nodeId = 1 AND time >= '"
            + yesterday
            + " 03:00' AND time < '"
            + yesterday
            + " 08:00'");
    Path second = folder.resolve("house-18.db");
    Files.copy(first, second);
    change(
        first,
        "INSERT INTO Reading (time, nodeId, type, locationId, value) SELECT '1970-01-01 00:00:10',"
            + " nodeId, type, locationId, value FROM Reading LIMIT 1");
    change(
        second,
        "UPDATE House SET address = 'Plum Street 3'",
        "UPDATE Deployment SET startDate = '2024-01-02 03:04:05.678000'");
    push("house-17", first);
    push("house-18", second);
    browser = Browser.on("http://127.0.0.1:" + central.port());
  }

  private static void change(Path file, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
  }

  /** Enrols a gateway and pushes all that it has. */
  private static void push(String name, Path database) throws Exception {
    Path config = Files.createDirectories(folder.resolve(name)).resolve("synchronise.conf");
    String root = "http://127.0.0.1:" + central.port() + "/";
    Files.writeString(
        config,
        """
        [general]
        localurl = sqlite:///%s
        gateway = %s
        [locations]
        central = 1
        [central]
        url = %s
        """
            .formatted(database, name, root));
    String code = desk.addGateway(new GatewayId(name), Duration.ofHours(1), "test").code().reveal();
    Told enrolled = Told.by("enrol", root, code, "--config", config.toString());
    assertThat(enrolled.code()).as(enrolled.words()).isZero();
    Told pushed = Told.by("push", "--once", "--config", config.toString());
    assertThat(pushed.code()).as(pushed.words()).isIn(0, 5);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    desk.close();
    central.close();
  }

  @Test
  void fleet_whenGatewaysHavePushed_saysHowEachIsAndWhy() throws Exception {
    browser.signIn("ann", PASSWORD);
    assertThat(browser.address()).isEqualTo("/");
    assertThat(browser.text()).contains("house-17", "ACTION NEEDED", ADDRESS);
    assertThat(
            browser
                .driver()
                .findElements(
                    By.xpath(
                        "//tr[.//a='house-17']//*[name()='svg' and"
                            + " @class='days']//*[name()='use']")))
        .hasSize(7);
    assertThat(browser.driver().getTitle()).isEqualTo("Fleet · Tributary");
    browser.picture("fleet");
    browser.find("a[href='/gateways/house-17']").click();
    browser.await(its -> browser.address().equals("/gateways/house-17"));
    assertThat(browser.text()).contains("Last contact", "Set aside", ADDRESS);
    browser.picture("gateway");
    browser.hadNothingToComplainOf();
  }

  @Test
  void gateway_saysHowFarEachOfItsSeriesHasCome() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/gateways/house-18");

    assertThat(browser.driver().findElement(By.xpath("//tr[th='Readings']")).getText())
        .containsPattern("Readings\\s+\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d .* ago")
        .contains("nothing", "none known");
    assertThat(browser.text()).contains("How far it has come", "Node states");
  }

  @ParameterizedTest
  @CsvSource({
    "/coverage?from=banana, 'from should be a day such as 2024-05-01, not \"banana\"'",
    "/coverage?days=-3, 'days should be a number from 1 to 370, not \"-3\"'",
    "/coverage?house=4711, 'house should be the number of a house, not \"4711\"'",
    "/coverage?gateway=nobody, 'gateway should be the name of a gateway, not \"nobody\"'",
    "/coverage?from=2024-05-02&to=2024-05-01, '\"to\" should not be before \"from\"'",
    "/coverage?from=2020-01-01&to=2024-01-01, 'Ask for 370 days at most'",
    "/gateways/house-17?days=-3, 'days should be a number from 1 to 366, not \"-3\"'",
    "/houses?page=x, 'page should be a number from 0 to 999,999, not \"x\"'",
    "/set-aside?rule=OLD, 'rule should be one of the rules of this page, not \"OLD\"'",
    "/exports?from=1, 'from should be a day such as 2024-05-01, not \"1\"'"
  })
  void parameter_thatIsWrong_isToldOnAPage(String path, String sentence) {
    browser.signIn("ann", PASSWORD);
    browser.open(path);

    assertThat(browser.text()).contains("Not understood", sentence);
    if (!path.startsWith("/gateways/")) {
      String page = browser.find("main a").getAttribute("href");
      assertThat(path).as("where to go on").startsWith(URI.create(page).getPath());
    }
    assertThat(
            browser
                .driver()
                .executeScript(
                    "return performance.getEntriesByType('navigation')[0].responseStatus"))
        .isEqualTo(400L);
  }

  @Test
  void coverage_ofOneHouse_showsThatOne() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/coverage?house=2&days=7");

    assertThat(browser.all("table.map tbody tr")).hasSize(1);
    assertThat(browser.text()).contains("Plum Street 3").doesNotContain(ADDRESS);
  }

  @Test
  void interfaces_standInTheFrameOfAllPages_withoutAnythingFromElsewhere() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/api");

    assertThat(browser.find("nav a[aria-current=page]").getText()).isEqualTo("API");
    browser.await(its -> browser.all("#interfaces .opblock").size() > 20);
    browser.picture("api");
    assertThat(
            browser
                .driver()
                .executeScript(
                    "return performance.getEntriesByType('resource').map(each => new"
                        + " URL(each.name).host).filter(host => host !== location.host)"))
        .isEqualTo(List.of());
    browser.hadNothingToComplainOf();
  }

  @Test
  void coverage_leadsToNoDayThatIsStillToCome_andSaysOfEachSquareWhatItMeans() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/coverage");
    assertThat(browser.text()).contains("← before").doesNotContain("after →");
    assertThat(
            browser
                .driver()
                .executeScript(
                    """
                    return [...document.querySelectorAll('table.map tbody use')]
                      .filter(use => !use.parentElement.querySelector('title')).length
                    """))
        .as("squares without words")
        .isEqualTo(0L);
    assertThat(browser.find("table.map tbody title").getAttribute("textContent"))
        .contains("not expected");

    browser.open("/coverage?from=" + yesterday.minusDays(40) + "&to=" + yesterday.minusDays(10));
    browser.driver().findElement(By.linkText("after →")).click();
    browser.await(its -> browser.address().endsWith("&to=" + yesterday.plusDays(1)));

    browser.open("/coverage/1/" + yesterday);
    assertThat(browser.text()).contains("day after →");
    browser.driver().findElement(By.linkText("day after →")).click();
    browser.await(its -> browser.address().endsWith("/" + yesterday.plusDays(1)));
    assertThat(browser.text()).contains("← day before").doesNotContain("day after →");
  }

  @Test
  void fleet_whenTheFilterLeavesNothing_saysSoAndLeadsBack() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.find("input[data-filter]").sendKeys("nobody");
    assertThat(browser.find("main .empty").getText()).contains("Nothing here has “nobody” in it");
    browser.picture("fleet-filtered");

    browser.find("main .empty button").click();
    assertThat(browser.all("main .empty")).isEmpty();
    assertThat(browser.find("#gateways tbody tr").isDisplayed()).isTrue();
    assertThat(browser.find("input[data-filter]").getAttribute("value")).isEmpty();
  }

  @Test
  void fleet_whenItComesAnew_saysOfWhichTimeItIs() throws Exception {
    browser.signIn("ann", PASSWORD);
    String before = browser.find("footer time").getAttribute("datetime");
    browser.driver().executeScript("htmx.ajax('GET', '/', {source: '#fleet'})");
    browser.await(its -> !browser.find("footer time").getAttribute("datetime").equals(before));
    assertThat(browser.all("#fleet")).hasSize(1);
  }

  @Test
  void gateway_hasTimesAsEverywhere_andSaysThatItWasToldNothing() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/gateways/house-17");

    assertThat(browser.all("svg.timeline title"))
        .isNotEmpty()
        .allSatisfy(
            title ->
                assertThat(title.getAttribute("textContent"))
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?: .*"));
    assertThat(browser.text())
        .containsPattern(
            "What it was told\\s+Nothing in this time. A gateway with metadata = both");
  }

  @Test
  void house_whoseRowsWaitForADecision_leadsToIt() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/houses/2");

    assertThat(browser.find("h1").getText()).isEqualTo("Plum Street 3");
    assertThat(browser.find("#waits").getText()).contains("of house-18 are in doubt");
    assertThat(browser.all("#waits a[href='/inbox']")).isNotEmpty();
    browser.picture("house-waits");
  }

  @Test
  void aHoleInTheMap_whenClicked_leadsToItsCause() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/coverage");
    assertThat(browser.text()).contains(ADDRESS);
    assertThat(browser.all("a[href$='/" + yesterday + "'] use[href='#d-lost']")).isNotEmpty();
    browser.picture("coverage");
    browser
        .driver()
        .executeScript(
            "document.querySelector('a[href$=\"/"
                + yesterday
                + "\"] .hit').dispatchEvent(new"
                + " MouseEvent('click', {bubbles: true}))");
    browser.await(its -> browser.address().endsWith(yesterday.toString()));
    assertThat(browser.text())
        .contains("240 sensor silent", "messages of the node were heard")
        .containsPattern("Gaps\\s+Node");
    assertThat(browser.all("use[href='#d-lost']").size()).isGreaterThanOrEqualTo(4);
    browser.picture("coverage-day");
    browser.hadNothingToComplainOf();
  }

  @Test
  void aRowSetAside_isShownWithItsRule_andDropped() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/attention");
    assertThat(browser.all(".card")).isNotEmpty();
    browser.picture("attention");
    browser.asPhone();
    assertThat(
            browser
                .driver()
                .executeScript(
                    "return [...document.querySelectorAll('pre, code')].filter(each =>"
                        + " each.scrollWidth > each.clientWidth && each.clientWidth > 0).length"))
        .as("commands that are cut off on a phone")
        .isEqualTo(0L);
    browser.asDesk();
    browser.open("/set-aside");
    browser.driver().findElement(By.linkText("clock untrusted")).click();
    browser.await(its -> browser.address().contains("CLOCK_UNTRUSTED"));
    assertThat(browser.text()).contains("1970-01-01");
    browser.picture("set-aside");

    browser.driver().executeScript("document.querySelector('input[name=by]').pattern = '.*'");
    browser.find("input[name=by]").sendKeys("two hours");
    browser.find("form[action='/set-aside/replay'] button").click();
    assertThat(browser.find("label .wrong").getText()).contains("such as +2h or -30m");
    assertThat(browser.find("input[name=by]").getAttribute("value")).isEqualTo("two hours");
    browser.picture("set-aside-refused");

    browser.driver().executeScript("window.confirm = () => true");
    browser.find("button[formaction='/set-aside/drop']").click();
    assertThat(browser.find(".told").getText()).contains("1 row dropped");
    assertThat(desk.audit(10)).extracting("act").contains("setaside-drop");
  }

  @Test
  void aNodeOfTwoGateways_isDecidedInTheInbox_andUndone() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/inbox");
    assertThat(browser.text())
        .contains(
            "What is what", "house-18: Node 1 in ", "Plum Street 3", "It is Node 1 in ", ADDRESS);
    assertThat(browser.text())
        .contains("Deployment", "2024-01-02 03:04:05")
        .doesNotContainPattern("\\d\\dT\\d\\d");
    browser.picture("inbox");
    browser.driver().executeScript("window.confirm = () => true");
    browser
        .driver()
        .findElement(
            By.xpath("//button[contains(., 'Node 1 in ') and contains(., 'is another node')]"))
        .click();
    assertThat(browser.find(".told").getText())
        .containsPattern("Decision \\d+: Node 1 in .*Plum Street 3 of house-18 is another thing");
    assertThat(browser.text()).contains("another thing, here Node 1");
    browser.driver().executeScript("window.confirm = () => true");
    browser.driver().findElement(By.xpath("//button[.='Undo']")).click();
    browser.await(its -> browser.find(".told").getText().contains("taken back"));
    assertThat(browser.find(".told").getText()).contains("Node 1 in ", "Plum Street 3");
  }

  @Test
  void exports_ofAHouse_areFiles() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/exports");
    assertThat(browser.text()).contains("Exports");
    browser.picture("exports");
    browser.open("/exports/missing.json?house=2&from=2024-05-02&to=2024-05-01");
    assertThat(browser.find("label .wrong").getText()).contains("not before 2024-05-02");
    assertThat(browser.find("input[name=from]").getAttribute("value")).isEqualTo("2024-05-02");
    assertThat(browser.find("input[name=to]").getAttribute("value")).isEqualTo("2024-05-01");
    assertThat(browser.find("select[name=house]").getAttribute("value")).isEqualTo("2");
    browser.picture("exports-refused");
    browser.open("/exports");
    Object csv =
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[0]; fetch('/exports/readings.csv?house=1&from="
                    + yesterday
                    + "&to="
                    + yesterday
                    + "').then(r => r.text()).then(done)");
    assertThat(String.valueOf(csv)).startsWith("time,nodeId,type,locationId,value");
    Object zip =
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[0]; fetch('/exports/certificate.zip?house=1&from="
                    + yesterday
                    + "&to="
                    + yesterday
                    + "').then(r => r.blob()).then(b => done(b.size))");
    assertThat((Long) zip).isGreaterThan(1_000);
    assertThat(desk.audit(5)).extracting("act").contains("export");
  }

  @Test
  void coverage_onAPhone_keepsTheNamesOfHousesInSight_andShowsTwoWeeks() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.asPhone();
    try {
      browser.open("/coverage?days=92");
      assertThat(isInSight("table.map tbody th a")).isTrue();
      browser.open("/coverage");
      assertThat(
              (Long)
                  browser
                      .driver()
                      .executeScript(
                          """
                          return [...document.querySelectorAll('table.map tbody tr:first-child use')]
                            .map(each => each.getBoundingClientRect())
                            .filter(box => box.left >= 0 && box.right <= innerWidth).length
                          """))
          .as("days in sight")
          .isGreaterThanOrEqualTo(14);
    } finally {
      browser.asDesk();
    }
  }

  /** Whether all of an element's width is within the window, and nothing stands over it. */
  private static boolean isInSight(String css) {
    return (Boolean)
        browser
            .driver()
            .executeScript(
                """
                const its = document.querySelector(arguments[0]);
                const box = its.getBoundingClientRect();
                const top = document.elementFromPoint(box.left + 5, box.top + box.height / 2);
                return box.left >= 0 && box.right <= innerWidth && its.contains(top);
                """,
                css);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/attention",
        "/houses",
        "/coverage",
        "/inbox",
        "/set-aside",
        "/exports",
        "/enrolment",
        "/people",
        "/audit",
        "/api",
        "/gateways/house-17"
      })
  void everyPage_onAPhone_needsNoSidewaysScrolling(String path) throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.asPhone();
    try {
      browser.open(path);
      assertThat(browser.beyond()).as(browser.widest()).isEqualTo(0L);
      assertThat(browser.tooLowToTouch()).isEmpty();
      assertThat(isInSight("nav [aria-current]")).as("the entry of the page").isTrue();
      browser.picture("phone" + path.replace('/', '-'));
      browser.hadNothingToComplainOf();
    } finally {
      browser.asDesk();
    }
  }
}
