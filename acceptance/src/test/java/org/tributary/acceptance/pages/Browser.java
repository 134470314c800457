package org.tributary.acceptance.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium, as a person has it. Tests that want one are skipped where there is none.
 *
 * <p>Not thread-safe.
 */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Dimension DESK = new Dimension(1280, 900);

  /** A small one; Chromium's own window is never as narrow, so it is told to believe it. */
  private static final Map<String, Object> PHONE =
      Map.of("width", 375, "height", 812, "deviceScaleFactor", 1, "mobile", true);

  private final ChromeDriver driver;
  private final String root;

  private Browser(String root) {
    this.root = root;
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().window().setSize(DESK);
  }

  /**
   * Opens a window; the test is skipped where there is no browser.
   *
   * @param root of the central that is looked at, without a slash at the end
   */
  static Browser on(String root) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "No Chromium with its driver here: apt-get install chromium chromium-driver");
    return new Browser(root);
  }

  /** The driver itself, for what is said nowhere else here. */
  ChromeDriver driver() {
    return driver;
  }

  /** Goes to a page of central's. */
  Browser open(String path) {
    driver.get(root + path);
    return this;
  }

  /** The first element that fits, as soon as there is one. */
  WebElement find(String css) {
    return await(its -> its.findElement(By.cssSelector(css)));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** What the page says. */
  String text() {
    return find("body").getText();
  }

  /** The path and query that the address bar shows. */
  String address() {
    return String.valueOf(driver.getCurrentUrl()).substring(root.length());
  }

  /** Waits for something that comes of itself. */
  <T> T await(Function<ChromeDriver, T> something) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(RuntimeException.class)
        .until(its -> something.apply(driver));
  }

  /** As somebody else, or for the first time. */
  void signIn(String name, String password) {
    driver.manage().deleteAllCookies();
    driver.manage().logs().get(LogType.BROWSER); // of somebody else's pages
    open("/sign-in");
    find("input[name=name]").sendKeys(name);
    find("input[name=password]").sendKeys(password);
    find("button").click();
    await(its -> !address().startsWith("/sign-in"));
  }

  void asPhone() {
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", PHONE);
  }

  void asDesk() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /**
   * How far the page is wider than the window, in pixels. (The window itself is no measure: a phone
   * shows a page that is too wide from farther away.)
   */
  long beyond() {
    return (Long)
        driver.executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** The innermost element that reaches farthest to the right, to be told where one is too wide. */
  String widest() {
    return (String)
        driver.executeScript(
            """
            let most = 0;
            let words = '';
            for (const each of document.querySelectorAll('body *')) {
              const {right} = each.getBoundingClientRect();
              if (right >= most && !each.closest('.scroll')) {
                most = right;
                words = each.outerHTML.slice(0, 120) + ' reaches to ' + right;
              }
            }
            return words;
            """);
  }

  /**
   * What is there to be touched and lower than a finger needs, 24 pixels. Links within a sentence
   * are as high as its lines.
   */
  List<?> tooLowToTouch() {
    return (List<?>)
        driver.executeScript(
            """
            const within = 'p:not(.quiet):not(.side), .lead, .empty, dd:not(.houses), td, .told, footer, #interfaces';
            return [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
              .filter(each => !each.matches('.skip, [type=checkbox]') && !each.closest('svg'))
              .filter(each => !(each.matches('a') && each.closest(within)))
              .filter(each => !each.closest('#interfaces'))
              .map(each => [each, each.getBoundingClientRect()])
              .filter(([, box]) => box.height > 0 && box.height < 24)
              .map(([each, box]) => each.outerHTML.slice(0, 80) + ' ' + box.height);
            """);
  }

  /** Keeps a picture of the window among the build's output. */
  void picture(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Nothing that the browser had to complain of since the last time. */
  void hadNothingToComplainOf() {
    List<String> complaints =
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::toString)
            .toList();
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
