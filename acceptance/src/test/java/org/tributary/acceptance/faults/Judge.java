package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tributary.cli.Told;

/**
 * Stops the faults, waits until the system is well again, and then holds it to its promises, named
 * as in {@code docs/reliability.md}. What it finds it throws.
 */
final class Judge {

  /** To be well again; much, because the machines that build have other work as well. */
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("tributary.patience", 90));

  private static final String GREEN = "ALL SENT";
  private static final int OK = 0;
  private static final int SET_ASIDE = 5;

  private final Stage stage;
  private final StringBuilder heard = new StringBuilder();

  private Judge(Stage stage) {
    this.stage = stage;
  }

  /** Waits until all that was logged is at central, so that the next harm is the only one. */
  static void begin(Stage stage) throws Exception {
    new Judge(stage).settle();
  }

  /** All promises, once the faults are over. */
  static void judge(Stage stage) throws Exception {
    Judge judge = new Judge(stage);
    stage.proxy().behave();
    judge.wake();
    stage.site().log(1);
    judge.honest();
    judge.drained();
    judge.alive();
    judge.digests();
    judge.secrets();
  }

  /** I3: what central has said is stored stands in its database, whatever befell it. */
  static void acknowledgedIsThere(Stage stage) throws SQLException {
    Set<String> lost = new TreeSet<>(stage.oracle().allAcknowledged());
    lost.removeAll(stage.stock().rows().keySet());
    assertThat(lost).as("I3: acknowledged, and not at central").isEmpty();
  }

  /** I6: while something is missing at central, the gateway's status does not say all is sent. */
  static void honest(Stage stage) throws SQLException {
    new Judge(stage).honest();
  }

  private void settle() throws Exception {
    stage.proxy().behave();
    wake();
    stage.site().log(1);
    drained();
  }

  private void wake() {
    if (!stage.centralRuns()) {
      stage.startCentral();
    }
    if (!stage.gatewayRuns()) {
      stage.startGateway();
    }
  }

  private void honest() throws SQLException {
    Told status = ask("status");
    int missing = stage.oracle().size() - stage.stock().rows().size();
    if (missing > 0 && stage.oracle().allDoubtful().isEmpty()) {
      assertThat(status.words()).as("I6: %d rows are missing", missing).doesNotContain(GREEN);
    }
  }

  /** I1 and I2. */
  private void drained() throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> wrong = differences();
    while (!wrong.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      wrong = differences();
    }
    assertThat(wrong)
        .as("I1, I2: gateway and central\n%s", tail(stage.gateway().output()))
        .isEmpty();
    acknowledgedIsThere(stage);
  }

  /** I4. */
  private void alive() throws SQLException, InterruptedException {
    assertThat(stage.gateway().isAlive()).as("the gateway lives").isTrue();
    assertThat(stage.central().isAlive()).as("central lives").isTrue();
    stage.site().log(1);
    drained();
  }

  /** I7, and that all is well is told as well. */
  private void digests() throws SQLException, InterruptedException {
    int best = stage.oracle().allDoubtful().isEmpty() ? OK : SET_ASIDE;
    Told verified = ask("verify");
    Told status = ask("status");
    for (int i = 0; i < 20 && (verified.code() != OK || status.code() != best); i++) {
      TimeUnit.MILLISECONDS.sleep(500);
      verified = ask("verify");
      status = ask("status");
    }
    assertThat(verified.code()).as("I7: %s", verified.words()).isIn(OK, best);
    assertThat(verified.words()).as("I7").contains("the same at both ends");
    assertThat(status.code()).as("I6: %s", status.words()).isIn(OK, best);
    if (best == OK) {
      assertThat(status.words()).as("I6: when nothing is missing").contains(GREEN);
    }
  }

  /** I8. */
  private void secrets() throws IOException {
    List<String> secrets = new ArrayList<>(stage.secrets());
    try (Stream<Path> keys = Files.walk(stage.folder())) {
      for (Path key : keys.filter(file -> file.toString().endsWith(".key")).toList()) {
        Files.readAllLines(key).stream()
            .filter(line -> line.startsWith("key"))
            .map(line -> line.split("_", 3)[2].strip()) // which may have a "_" in it as well
            .forEach(secrets::add);
      }
    }
    assertThat(secrets).as("I8: there are secrets to look for").isNotEmpty();
    for (String secret : secrets) {
      assertThat(filesWith(secret)).as("I8: files with a secret").isEmpty();
    }
    for (String secret : secrets) {
      assertThat(heard.indexOf(secret)).as("I8: a secret in an answer").isNegative();
    }
  }

  /** By a program of its own: who closes a database's file lets go of all locks on it. */
  private String filesWith(String secret) throws IOException {
    Process grep =
        new ProcessBuilder(
                "grep",
                "-rlF",
                "--exclude=*.key",
                "--exclude=synchronise.conf",
                "--exclude=*.image",
                "--exclude=ballast",
                "-e",
                secret,
                stage.folder().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(grep.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What stands at central otherwise than it was logged, the first few. */
  private List<String> differences() throws SQLException {
    Map<String, String> logged = stage.oracle().allLogged();
    Stock stock = stage.stock();
    List<String> wrong = new ArrayList<>();
    stock.twice().forEach(key -> wrong.add("twice: " + key));
    Set<String> apart = new TreeSet<>(stage.oracle().allDoubtful());
    apart.removeAll(stock.rows().keySet());
    if (stage.twin().isPresent()) {
      wrong.addAll(differencesOfTheTwin(stock, stage.twin().get()));
    } else if (stock.apart() != apart.size()) {
      wrong.add(
          "set aside: %d of %d that can't be believed".formatted(stock.apart(), apart.size()));
    }
    for (Map.Entry<String, String> row : logged.entrySet()) {
      String there = stock.rows().get(row.getKey());
      if (!row.getValue().equals(there) && !apart.contains(row.getKey())) {
        wrong.add(
            (there == null ? "missing: " : "other: ")
                + row
                + (there == null ? "" : " is " + there));
      }
    }
    Map<String, String> invented = new TreeMap<>(stock.rows());
    invented.keySet().removeAll(logged.keySet());
    if (stage.twin().isPresent()) {
      invented.entrySet().removeIf(row -> isTheTwins(row.getKey(), row.getValue()));
    }
    invented.forEach((key, rest) -> wrong.add("invented: " + key + rest));
    int all = wrong.size();
    return all <= 5
        ? wrong
        : Stream.concat(wrong.stream().limit(5), Stream.of("… " + all)).toList();
  }

  /** Its readings stand under its own addresses, or apart with a reason. */
  private static List<String> differencesOfTheTwin(Stock stock, Oracle twin) throws SQLException {
    long logged = twin.size();
    long there =
        stock.rows().entrySet().stream()
            .filter(row -> isTheTwins(row.getKey(), row.getValue()))
            .count();
    return there + stock.apart() >= logged
        ? List.of()
        : List.of("the twin's: %d and %d apart of %d".formatted(there, stock.apart(), logged));
  }

  private static boolean isTheTwins(String key, String rest) {
    return rest.contains(Stage.TWIN) || key.startsWith("S");
  }

  private Told ask(String word) {
    Told told = Told.by(word, "--config", stage.site().configuration().toString());
    heard.append(told.words());
    return told;
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 2_000));
  }
}
