package org.tributary.acceptance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Act;
import org.tributary.store.access.Role;
import org.tributary.wire.EnrolmentCode;

/** The pages about who may ask central, in a browser, with people who sign in. */
class AdminPagesTest {

  private static final String PASSWORD = "a few plain words";

  @TempDir static Path folder;
  private static CentralServer central;
  private static AccessDesk desk;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
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
    desk.isPersonAdded("vic", PASSWORD, Role.VIEWER, "test");
    browser = Browser.on("http://127.0.0.1:" + central.port());
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
  void enrol_lineIsCopied_itWorksOnce() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/enrolment");
    browser.find("input[name=name]").sendKeys("orchard-lane");
    browser.find("form[action='/enrolment/add'] button").click();
    String line = browser.find("#enrol-line").getText();
    assertThat(line).startsWith("tributary enrol http://127.0.0.1:" + central.port() + "/ ");
    EnrolmentCode code =
        EnrolmentCode.parse(line.substring(line.lastIndexOf(' ') + 1)).orElseThrow();
    assertThat(code.reveal()).isNotEmpty();
    assertThat(browser.all("svg.qr path")).hasSize(1);
    browser.find("button[data-copy]").click();
    browser.await(its -> !browser.find("button[data-copy]").getText().equals("Copy"));
    browser.picture("enrolment");
    browser.hadNothingToComplainOf();

    browser.driver().navigate().refresh();
    assertThat(browser.address()).isEqualTo("/enrolment");
    assertThat(desk.codes()).hasSize(1); // it was sent once
    assertThat(browser.text()).contains("Given out, not used yet").doesNotContain(code.reveal());
  }

  @Test
  void form_thatIsRefused_keepsWhatWasTypedAndSaysWhyBesideTheField() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/enrolment");
    browser.driver().executeScript("document.querySelector('input[name=name]').pattern = '.*'");
    browser.find("input[name=name]").sendKeys("orchard lane");
    browser.driver().findElement(By.xpath("//option[.='a week']")).click();
    browser.find("form[action='/enrolment/add'] button").click();
    assertThat(browser.find("label .wrong").getText()).contains("letters");
    assertThat(browser.find("input[name=name]").getAttribute("value")).isEqualTo("orchard lane");
    assertThat(browser.find("select[name=hours]").getAttribute("value")).isEqualTo("168");

    browser.open("/people");
    browser.find("form[action='/people/add'] input[name=name]").sendKeys("carl");
    browser.find("form[action='/people/add'] input[name=password]").sendKeys("short");
    browser.find("form[action='/people/add'] option:nth-of-type(2)").click();
    String role = browser.find("form[action='/people/add'] select").getAttribute("value");
    browser.find("form[action='/people/add'] button").click();
    assertThat(browser.find("label:has(input[name=password]) > .wrong").getText())
        .contains("characters");
    assertThat(browser.find("form[action='/people/add'] input[name=name]").getAttribute("value"))
        .isEqualTo("carl");
    assertThat(browser.find("form[action='/people/add'] select").getAttribute("value"))
        .isEqualTo(role);
    assertThat(
            browser.find("form[action='/people/add'] input[name=password]").getAttribute("value"))
        .isEmpty();
    assertThat(browser.driver().getPageSource()).doesNotContain("short");
    browser.picture("people-refused");

    browser.find("form[action='/tokens/add'] input[name=name]").sendKeys("no spaces please");
    browser.driver().findElement(By.xpath("//option[.='30 days']")).click();
    browser.find("form[action='/tokens/add'] button").click();
    assertThat(browser.find("form[action='/tokens/add'] .wrong").getText()).contains("64 letters");
    assertThat(browser.find("form[action='/tokens/add'] input[name=name]").getAttribute("value"))
        .isEqualTo("no spaces please");
    assertThat(browser.find("select[name=days]").getAttribute("value")).isEqualTo("30");
  }

  @Test
  void people_areLetInAndOut_andAuditTells() throws Exception {
    browser.signIn("ann", PASSWORD);
    browser.open("/people");
    browser.find("form[action='/people/add'] input[name=name]").sendKeys("bob");
    browser.find("form[action='/people/add'] input[name=password]").sendKeys("short");
    browser.find("form[action='/people/add'] button").click();
    assertThat(browser.find("[role=alert]").getText()).contains("characters");

    browser.find("form[action='/people/add'] input[name=password]").sendKeys(PASSWORD);
    browser.find("form[action='/people/add'] button").click();
    browser.await(its -> browser.text().contains("bob"));
    assertThat(browser.address()).isEqualTo("/people");

    browser.find("form[action='/tokens/add'] input[name=name]").sendKeys("grafana");
    browser.find("form[action='/tokens/add'] button").click();
    String token = browser.find("#token").getText();
    assertThat(token).startsWith("trb_");
    browser.picture("people");

    browser.open("/audit");
    assertThat(browser.text()).contains("token-add", "user-add").doesNotContain(token);
    browser.open("/audit?verify");
    assertThat(browser.text()).contains("Every entry is as it was written");
    browser.picture("audit");
    assertThat(desk.people()).extracting("name").contains("bob");
  }

  @Test
  void lastAdmin_isKept() {
    browser.signIn("ann", PASSWORD);
    browser.open("/people");
    browser.driver().findElement(By.xpath("//tr[.//bdi='ann']//summary")).click();
    browser.driver().findElement(By.xpath("//tr[.//bdi='ann']//option[.='viewer']")).click();
    browser.driver().findElement(By.xpath("//tr[.//bdi='ann']//button[.='Give']")).click();
    assertThat(browser.find("[role=alert]").getText()).contains("only admin");
  }

  @Test
  void viewer_seesNoneOfThem() {
    browser.signIn("vic", PASSWORD);
    browser.open("/people");
    assertThat(browser.text()).contains("vic may not do this as viewer");
    browser.open("/audit");
    assertThat(browser.text()).contains("vic may not do this as viewer");
  }

  @Test
  void entriesOfStrangers_areText() throws Exception {
    desk.wrote(
        "<script>document.title='got you'</script>",
        Act.CHANGE,
        "\u202Eevil\"><img src=x onerror=alert(1)>",
        "شارع البستان");
    browser.signIn("ann", PASSWORD);
    browser.open("/audit");
    assertThat(browser.text()).contains("<script>document.title", "شارع البستان");
    assertThat(browser.driver().getTitle()).isEqualTo("Audit · Tributary");
    assertThat(browser.all("main img, main script")).isEmpty();
    browser.hadNothingToComplainOf();
  }
}
