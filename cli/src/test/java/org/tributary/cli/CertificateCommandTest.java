package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code certificate} and {@code certificate check}, as a person uses them. */
class CertificateCommandTest {

  @TempDir Path folder;
  Path central;
  Path csv;
  Path certificate;
  Path page;
  Path key;
  Path handout;

  @BeforeEach
  void issue() throws Exception {
    central = folder.resolve("central.db");
    CentralFile.create(central);
    csv = folder.resolve("export.csv");
    certificate = folder.resolve("certificate.json");
    page = folder.resolve("certificate.html");
    key = folder.resolve("certificate-key.pem");
    handout = folder.resolve("certificate-key.pub.pem");
    assertThat(of("export", "--out", csv.toString()).exit()).isZero();
    CommandRun issued = of("certificate", "--out", certificate.toString());
    assertThat(issued.err()).isEmpty();
    assertThat(issued.exit()).isZero();
    assertThat(issued.out())
        .contains("A new signing key was made: " + key + "; hand out " + handout)
        .contains("35 of 576 expected readings are missing")
        .contains("Key           sha256:" + fingerprint());
  }

  @Test
  void certificate_makesAKeyThatOnlyItsOwnerReads_andUsesItAgain() throws Exception {
    String print = fingerprint();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    CommandRun again = of("certificate", "--out", certificate.toString(), "--force");

    assertThat(again.out()).doesNotContain("was made").contains(print);
    assertThat(of("certificate", "--out", certificate.toString()).err())
        .contains("certificate.json: is there already");
  }

  @Test
  void certificate_withAKeyThatOthersCanRead_isRefused() throws Exception {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    CommandRun run = of("certificate", "--out", folder.resolve("second.json").toString());

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("anybody could sign with it").contains("chmod 600");
    assertThat(folder.resolve("second.json")).doesNotExist();
  }

  @Test
  void certificate_withoutHouse_asksForIt() {
    CommandRun run = CommandRun.of("certificate");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("Give --house, --from and --to");
  }

  @Test
  void page_needsNoOtherHostAndHoldsNobodysMarkup() throws Exception {
    Sql.run(central, "UPDATE House SET address = '<script>alert(1)</script> \"&'' Street'");

    of("certificate", "--house", "1", "--out", certificate.toString(), "--force");

    assertThat(Files.readString(page))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39; Street")
        .doesNotContain("<script")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .contains("93.92 %")
        .contains("can&#39;t be told")
        .contains(fingerprint());
  }

  @Test
  void check_ofWhatWasIssued_isGreen() throws Exception {
    CommandRun unknown = check("--against", csv.toString());
    assertThat(unknown.out())
        .contains("INTACT")
        .contains("UNKNOWN KEY sha256:" + fingerprint())
        .contains("SAME       the file is the certified one to the byte: 541 readings");
    assertThat(unknown.exit()).isZero();

    for (String whose : List.of(handout.toString(), fingerprint())) {
      CommandRun known = check("--against", csv.toString(), "--key", whose);
      assertThat(known.out()).contains("RIGHT KEY").contains("SAME");
      assertThat(known.exit()).isZero();
    }
  }

  @Test
  void check_ofTheReadingsInAnotherOrder_isGreenAndSaysSo() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    Collections.reverse(lines.subList(1, lines.size()));
    Files.write(csv, lines);

    CommandRun run = check("--against", csv.toString());

    assertThat(run.out()).contains("SAME").contains("in another order");
    assertThat(run.exit()).isZero();
  }

  @Test
  void check_ofAFileThatWasChanged_saysWhichDayAndNode() throws Exception {
    String whole = Files.readString(csv);
    String line = "2026-03-02T00:05:00.000000Z,37,0,1,20.89,";
    assertThat(whole).contains(line);

    assertDifferent(
        whole.replace(line, "2026-03-02T00:05:00.000000Z,37,0,1,20.88,"),
        "2026-03-02 37 288 288 a value, time, type or location was changed");
    assertDifferent(whole.replaceFirst(line + ".*\n", ""), "2026-03-02 37 288 287 1 missing");
    assertDifferent(
        whole.replaceFirst("(" + line + ".*\n)", "$1$1"), "2026-03-02 37 288 289 1 too many");
    assertDifferent(
        whole.replace(line, "2026-03-04T00:05:00.000000Z,38,0,1,20.89,"),
        "2026-03-04 38 0 1 not in the certificate");
    assertDifferent(
        whole.replace(line, "2026-03-02T00:05:00.000000Z,37,0,1,warm,"),
        "value is \"warm\" instead of a number");
  }

  @Test
  void check_whenCentralGotAnotherReadingMeanwhile_saysSo() throws Exception {
    Sql.run(
        central,
        "INSERT INTO Reading (time, nodeId, type, locationId, value)"
            + " VALUES ('2026-03-01 11:00:00.000000', 37, 0, 1, 9.5)");
    of("certificate", "--out", certificate.toString(), "--force");

    CommandRun run = check("--against", csv.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.DIFFERENT.number());
    assertThat(squeezed(run)).contains("2026-03-01 37 254 253 1 missing");
  }

  @Test
  void check_ofACertificateThatWasChanged_saysThatNothingInItCounts() throws Exception {
    String text = Files.readString(certificate);
    for (String changed :
        List.of(
            text.replace("1 High Street", "2 High Street"),
            text.replaceFirst("\"present\" : 288", "\"present\" : 289"),
            text.replaceFirst("\"UNKNOWN\"", "\"SENSOR_SILENT\""))) {
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(certificate, changed);

      CommandRun run = check("--against", csv.toString());

      assertThat(run.exit()).isEqualTo(ExitCode.DIFFERENT.number());
      assertThat(run.out()).contains("BROKEN").doesNotContain("SAME");
    }
  }

  @Test
  void check_withAnotherKey_saysWhoseItIs() throws Exception {
    Path other = folder.resolve("other.pem");
    of("certificate", "--out", folder.resolve("other.json").toString(), "--key", other.toString());

    for (String whose :
        List.of(folder.resolve("other.pub.pem").toString(), "sha256:" + "0".repeat(64))) {
      CommandRun run = check("--against", csv.toString(), "--key", whose);

      assertThat(run.exit()).isEqualTo(ExitCode.DIFFERENT.number());
      assertThat(run.out())
          .contains("WRONG KEY  it is signed by sha256:" + fingerprint())
          .contains("The file was not checked");
    }
    CommandRun none = check("--key", csv.toString());
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(none.err()).contains("is no public key in PEM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "{\"certificate\": {}, \"signature\": {}}",
        "{\"certificate\": {\"kind\": \"tributary completeness certificate\", \"format\": \"x\"},"
            + " \"signature\": {\"algorithm\": \"Ed25519\", \"canonical\": \"RFC 8785\","
            + " \"value\": \"\"}}",
        "{\"certificate\": {\"kind\": \"tributary completeness certificate\", \"format\": 2},"
            + " \"signature\": {\"algorithm\": \"Ed25519\", \"canonical\": \"RFC 8785\","
            + " \"value\": \"\"}}"
      })
  void check_ofSomethingElse_saysThatItIsNoCertificate(String text) throws Exception {
    Files.writeString(certificate, text);

    CommandRun run = check();

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("certificate.json: It is ").contains("certificate");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void check_againstSomethingElse_saysWhatIsWanted() {
    CommandRun page = check("--against", this.page.toString());
    assertThat(page.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(page.err()).contains("no file that tributary export wrote");

    CommandRun none = check("--against", folder.resolve("none.csv").toString());
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(none.err()).contains("There is no file");
  }

  private void assertDifferent(String changed, String what) throws Exception {
    Path file = folder.resolve("changed.csv");
    Files.writeString(file, changed);

    CommandRun run = check("--against", file.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.DIFFERENT.number());
    assertThat(squeezed(run)).contains("DIFFERENT").contains(what);
  }

  private static String squeezed(CommandRun run) {
    return run.out().replaceAll(" +", " ");
  }

  private CommandRun of(String command, String... more) {
    boolean named = List.of(more).contains("--house");
    return CommandRun.of(
        Stream.of(
                Stream.of(
                    command,
                    "--db",
                    "sqlite:///" + central,
                    "--from",
                    "2026-03-01",
                    "--to",
                    "2026-03-02"),
                named ? Stream.<String>empty() : Stream.of("--house", "1 High Street"),
                Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private CommandRun check(String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("certificate", "check", certificate.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private String fingerprint() throws Exception {
    Matcher found =
        Pattern.compile("\"fingerprint\" : \"([0-9a-f]{64})\"")
            .matcher(Files.readString(certificate));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
