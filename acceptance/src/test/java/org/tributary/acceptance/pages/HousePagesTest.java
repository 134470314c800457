package org.tributary.acceptance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.tributary.acceptance.push.Program;
import org.tributary.server.CentralServer;
import org.tributary.server.page.house.HouseView;
import org.tributary.store.DatabaseUrl;

/** Houses and their plots in a browser, with readings that a gateway really pushed. */
class HousePagesTest {

  private static final DateTimeFormatter SQLITE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final String NAME = "<script>document.title='x'</script> بيت الياسمين \"7\"";

  @TempDir static Path folder;
  private static CentralServer central;
  private static Browser browser;
  private static LocalDateTime last;

  @BeforeAll
  static void pushAGatewaysReadings() throws Exception {
    String url = "sqlite:///" + folder.resolve("gateway.db");
    try (Program datagen =
        Program.start(
            folder, "datagen", "--db", url, "--days", "12", "--nodes", "2", "--first-node", "37")) {
      assertThat(datagen.exitCode()).as(datagen.output()).isZero();
    }
    change("gateway.db", HousePagesTest::nameAndHoles);
    central =
        CentralServer.start(
            DatabaseUrl.parse("sqlite:///" + folder.resolve("central.db"), folder),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "0.1.0",
            Clock.systemUTC());
    Files.writeString(
        folder.resolve("push.conf"),
        """
        [general]
        localurl = %s
        gateway = orchard
        [locations]
        remote = 1
        [remote]
        url = http://127.0.0.1:%d
        """
            .formatted(url, central.port()));
    try (Program push = Program.start(folder, "push", "--once", "--config", "push.conf")) {
      assertThat(push.exitCode()).as(push.output()).isZero();
    }
    browser = Browser.on("http://127.0.0.1:" + central.port());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (central != null) {
      central.close();
    }
  }

  @Test
  void house_isFoundAndShowsLinesAndTheCauseOfItsHole() throws Exception {
    browser.open("/houses");
    browser.find("input[name=q]").sendKeys("الياسمين");
    browser.find("form button").click();
    browser.await(its -> browser.all("main tbody tr").size() == 1);
    browser.picture("houses");
    browser.find("main tbody a").click();

    awaitGaps();
    assertThat(browser.driver().getTitle()).isEqualTo(NAME + " · Tributary");
    assertThat(browser.find("h1").getText()).isEqualTo(NAME);
    assertThat(browser.all("main script, main img")).isEmpty();
    assertThat(browser.all("figure.plot canvas")).isNotEmpty();
    assertThat(browser.find("figcaption").getText()).isEqualTo("Temperature in °C");
    assertThat(browser.find("#causes").getText()).contains("gateway off");
    browser.find("#gaps summary").click();
    assertThat(browser.find("#gaps tbody").getText())
        .contains("gateway off", "no node of the house was heard");
    assertThat(browser.find("#completeness + p + div tbody").getText()).contains("gateway off");
    browser.picture("house");
    browser.hadNothingToComplainOf();
  }

  @Test
  void plot_ofAValueThatIsFarOff_showsTheOthersAndSaysSoUntilAllIsAskedFor() throws Exception {
    change(
        "central.db",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                "UPDATE Reading SET value = 1e38 WHERE nodeId = 37 AND type = 8 AND time ="
                    + " (SELECT MAX(time) FROM Reading WHERE nodeId = 37 AND type = 8)");
          }
        });
    browser.open(
        "/houses/1?sensor=37-8&from=%sZ&to=%sZ".formatted(last.minusDays(1), last.plusHours(1)));
    awaitGaps();
    String others = plotted();
    String note = browser.find("figure.plot p.scale").getText();
    browser.picture("house-far-off");

    browser.find("figure.plot p.scale button").click();
    browser.await(its -> browser.address().endsWith("&scale=all"));
    browser.await(its -> browser.find("p.scale button").getText().startsWith("Leave out"));
    browser.picture("house-far-off-all");

    assertThat(note).startsWith("One value is far off and not in the picture: 1e+38 (");
    assertThat(plotted()).isNotEqualTo(others);
    browser.driver().navigate().refresh();
    awaitGaps();
    assertThat(browser.find("p.scale button").getText()).startsWith("Leave out");
    browser.hadNothingToComplainOf();
  }

  @Test
  void drag_overAPlot_zoomsDownToEveryReadingAndTheAddressShowsTheSame() throws Exception {
    browser.open("/houses/1?sensor=37-0&sensor=37-2&zone=Europe/London" + days(12));
    awaitGaps();
    assertThat(browser.all("figure.plot")).hasSize(2); // one for each unit
    String wide = seen();
    assertThat(wide).contains("thinned to stretches", "Europe/London").doesNotContain("GMT");
    assertThat(browser.find("#completeness + p").getText()).contains("Europe/London");
    browser.picture("house-thinned");

    WebElement plot = browser.find("figure.plot .u-over");
    new Actions(browser.driver())
        .moveToElement(plot, 40, 20)
        .clickAndHold()
        .moveByOffset(60, 10)
        .release()
        .perform();
    browser.await(its -> seen().contains("every one drawn"));
    String address = browser.address();
    String zoomed = seen();
    assertThat(address).contains("sensor=37-0&sensor=37-2&from=", "zone=Europe/London");

    browser.driver().navigate().refresh();
    awaitGaps();
    assertThat(seen()).isEqualTo(zoomed);
    assertThat(browser.address()).isEqualTo(address);
    browser.picture("house-zoomed");

    browser.find("[data-act=reset]").click();
    browser.await(its -> seen().equals(wide));
    browser.find("input[value='37-2']").click();
    browser.await(its -> browser.all("figure.plot").size() == 1);
    assertThat(browser.address()).contains("sensor=37-0&from").doesNotContain("37-2");
    browser.hadNothingToComplainOf();
  }

  @Test
  void span_withoutAnyReading_saysSoAndLeadsToTheNearestThatHasSome() throws Exception {
    browser.open("/houses/1?sensor=37-0&from=2018-05-01&to=2018-05-07&zone=UTC");
    awaitGaps();

    assertThat(browser.find("#plots .empty").getText())
        .contains(
            "Nothing of these sensors is here of this span", "Nothing is known to be missing");
    assertThat(seen()).contains("no reading here").doesNotContain("drawn");
    browser.picture("house-empty");
    assertThat(browser.all(".ways button")).hasSize(1);
    browser.find(".ways button").click();
    browser.await(its -> seen().contains("every one drawn"));
    assertThat(browser.all("figure.plot canvas")).isNotEmpty();

    browser.open(
        "/houses/1?sensor=37-0&zone=UTC&from=%sZ&to=%sZ"
            .formatted(last.minusHours(29), last.minusHours(27)));
    awaitGaps();
    assertThat(browser.find("#plots .empty").getText()).contains("gateway off");
    assertThat(browser.all(".ways button")).hasSize(2);
    browser.find(".ways button").click();
    browser.await(its -> seen().contains("every one drawn"));
    browser.hadNothingToComplainOf();
  }

  @Test
  void move_isToldInWords() throws Exception {
    change(
        "central.db",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                "INSERT INTO Reading (time, nodeId, type, locationId, value)"
                    + " VALUES ('2019-03-01 10:00:00', 37, 0, NULL, 20),"
                    + " ('2019-03-01 10:05:00', 37, 0, (SELECT locationId FROM Node WHERE id ="
                    + " 37), 20), ('2019-03-01 10:10:00', 37, 0, (SELECT locationId FROM Node"
                    + " WHERE id = 37), 20)");
          }
        });
    browser.open("/houses/1?sensor=37-0&from=2019-03-01T09:00&to=2019-03-01T11:00&zone=UTC");
    awaitGaps();

    assertThat(browser.find("ul.marks").getText())
        .containsPattern("1 Mar 2019, 10:05 UTC: node 37 was placed in \\w+");
    browser.picture("house-moved");
  }

  @Test
  void csv_ofWhatIsSeen_isWhatTheLinkOnThePageGives() throws Exception {
    browser.open("/houses/1?sensor=37-0" + days(3));
    awaitGaps();
    String address = browser.find("#csv").getAttribute("href");

    List<String> lines = ask(address).body().lines().toList();

    assertThat(lines.get(0)).startsWith("# House 1, " + NAME);
    assertThat(lines.get(2)).matches("# Node 37, all its sensors: expected \\d+, present \\d+, .*");
    assertThat(lines.get(3)).startsWith("time,nodeId,type");
    assertThat(lines.subList(4, lines.size()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.split(",")).contains("37", "Temperature"));
  }

  @Test
  void csv_ofASpanWithoutReadings_namesTheSpanThatWasAskedFor() throws Exception {
    List<String> lines =
        ask(browserRoot() + "/houses/1/readings.csv?sensor=37-0&from=2018-05-01&to=2018-05-07")
            .body()
            .lines()
            .toList();

    assertThat(lines.get(1))
        .startsWith(
            "# None of the nodes has a reading here from 2018-05-01T00:00:00Z until"
                + " 2018-05-08T00:00:00Z, UTC, as of ");
    assertThat(lines.get(lines.size() - 1)).startsWith("time,nodeId,type");
  }

  @Test
  void lastValues_standPointBelowPoint() throws Exception {
    browser.open("/houses/1");
    List<Integer> behindThePoint =
        browser.all(".card.node:first-of-type table.sensors td.n:nth-child(2)").stream()
            .map(cell -> cell.getAttribute("textContent").strip())
            .filter(text -> !text.contains("e")) // 1e38 has no place for a point
            .map(text -> text.replaceFirst("^[^.\u2008]*", "").length())
            .distinct()
            .toList();

    assertThat(behindThePoint).hasSize(1);
  }

  @Test
  void house_onAPhoneAndWithoutScript_hasItsValuesAndItsFile() throws Exception {
    browser.asPhone();
    browser.open("/houses/1");
    awaitGaps();
    long beyond = browser.beyond();
    List<?> low = browser.tooLowToTouch();
    browser.picture("house-phone");
    double plots =
        ((Number)
                browser
                    .driver()
                    .executeScript(
                        "return document.querySelector('figure.plot').getBoundingClientRect().top"))
            .doubleValue();
    assertThat(plots).as("where plots begin").isLessThan(700);
    browser.asDesk();
    assertThat(beyond).isLessThanOrEqualTo(0);
    assertThat(low).isEmpty();

    String page = ask(browserRoot() + "/houses/1?sensor=37-0").body();
    assertThat(page)
        .contains("°C", "node 37", "readings.csv?sensor=37-0", "Still on the gateway", "<noscript>")
        .doesNotContain("<script>document", " style=", "onclick=");
    assertThat(ask(browserRoot() + "/houses/4711").statusCode()).isEqualTo(404);
  }

  @Test
  void value_ofAnySize_isShownInFewDigits() {
    assertThat(HouseView.shown(20.0 / 3)).isEqualTo("6.6667");
    assertThat(HouseView.shown(-0.0)).isEqualTo("0");
    assertThat(HouseView.shown(123_456_789)).isEqualTo("123456789");
    assertThat(HouseView.shown(0.0000123456)).isEqualTo("1.23e-05");
    assertThat(HouseView.shown(1e300)).isEqualTo("1.00e+300");
  }

  @Test
  void year_ofOneSensor_isDrawn() throws Exception {
    int readings = 105_000;
    change("central.db", connection -> year(connection, readings));

    browser.open("/houses/2?sensor=900-0&from=2023-01-01&to=2023-12-31&zone=UTC");
    String first = drawn();
    browser.driver().navigate().refresh();
    System.out.printf(
        "A year of one sensor, %,d readings, was drawn %s ms after it was asked for, then %s ms%n",
        readings, first, drawn());

    assertThat(seen()).contains("105,000 readings");
    assertThat(browser.find("ul.legend output").getText())
        .as("the last of them, not the mean of the last stretch")
        .isEqualTo(yearsValue(readings - 1) + " °C");
    browser.picture("house-year");
    new Actions(browser.driver()).moveToElement(browser.find(".u-over")).perform();
    browser.await(its -> browser.find("ul.legend output").getText().startsWith("mean "));
    browser.open(
        "/houses/2?sensor=900-0&from=2023-10-28T12:00Z&to=2023-10-29T12:00Z"
            + "&zone=Europe/London");
    awaitGaps();
    browser.picture("house-doubled-hour");
    browser.hadNothingToComplainOf();
  }

  /** Milliseconds from asking for the page until the lines were there. */
  private static String drawn() {
    Long milliseconds =
        browser.await(
            its ->
                (Long)
                    its.executeScript(
                        "return performance.getEntriesByName('lines drawn').map(it =>"
                            + " Math.round(it.startTime))[0]"));
    return String.valueOf(milliseconds);
  }

  private static void awaitGaps() {
    browser.await(
        its ->
            (Long) its.executeScript("return performance.getEntriesByName('gaps drawn').length") > 0
                ? true
                : null);
  }

  private static String seen() {
    return browser.find("#seen").getText();
  }

  private static String days(int days) {
    return "&from=%sZ&to=%sZ".formatted(last.minusDays(days), last);
  }

  private static String browserRoot() {
    return "http://127.0.0.1:" + central.port();
  }

  private static HttpResponse<String> ask(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** The first plot's picture. */
  private static String plotted() {
    return (String)
        browser
            .driver()
            .executeScript("return document.querySelector('figure.plot canvas').toDataURL()");
  }

  private interface Change {
    void in(Connection connection) throws SQLException;
  }

  private static void change(String file, Change change) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file))) {
      connection.setAutoCommit(false);
      change.in(connection);
      connection.commit();
    }
  }

  /** A name that nobody should have, and four hours in which nothing was heard. */
  private static void nameAndHoles(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement name = connection.prepareStatement("UPDATE House SET address = ?")) {
      name.setString(1, NAME);
      name.executeUpdate();
      try (ResultSet newest = statement.executeQuery("SELECT MAX(time) FROM Reading")) {
        newest.next();
        last = LocalDateTime.parse(newest.getString(1).substring(0, 19).replace(' ', 'T'));
      }
      String from = SQLITE.format(last.minusHours(30));
      String until = SQLITE.format(last.minusHours(26));
      for (String table : List.of("Reading", "NodeState")) {
        statement.executeUpdate(
            "DELETE FROM %s WHERE time > '%s' AND time < '%s'".formatted(table, from, until));
      }
    }
  }

  private static void year(Connection connection, int readings) throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO Reading (time, nodeId, type, locationId, value)"
                    + " VALUES (?, 900, 0, 900, ?)")) {
      statement.executeUpdate("INSERT INTO House (id, address) VALUES (2, 'A year')");
      statement.executeUpdate("INSERT INTO Location (id, houseId, roomId) VALUES (900, 2, 1)");
      statement.executeUpdate("INSERT INTO Node (id, locationId) VALUES (900, 900)");
      Instant first = Instant.parse("2023-01-01T00:00:00Z");
      for (int i = 0; i < readings; i++) {
        LocalDateTime time = LocalDateTime.ofInstant(first.plusSeconds(i * 300L), ZoneOffset.UTC);
        insert.setString(1, SQLITE.format(time));
        insert.setDouble(2, yearsValue(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static double yearsValue(int i) {
    return Math.round(1_800 + 600 * Math.sin(i / 16_700.0) + 200 * Math.sin(i / 46.0)) / 100.0;
  }
}
