package org.tributary.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.certificate.CertificatePage;
import org.tributary.store.certificate.Issue;
import org.tributary.store.certificate.SignedCertificate;
import org.tributary.store.certificate.SigningKey;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.export.FreshFiles;
import org.tributary.store.export.HouseExport;
import org.tributary.store.report.Span;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Certifies how complete a house's readings are. */
@Command(
    name = "certificate",
    mixinStandardHelpOptions = true,
    subcommands = CertificateCheckCommand.class,
    description = {
      "Certifies how complete a house's readings are: writes a signed file (.json), and a page to be"
          + " read and printed (.html) beside it.",
      "It says what is expected, recorded and delivered, the digests of each node's days, all gaps"
          + " with their causes, and corrections. certificate check checks it, and an export against"
          + " it, without a database.",
      "The key that signs is made when it is needed first. Who has its file can sign: keep it, and"
          + " keep it to yourself; hand out the one that ends with .pub.pem."
    })
final class CertificateCommand implements Callable<Integer> {

  private static final String JSON = ".json";
  private static final String HTML = ".html";
  private static final String PEM = ".pem";

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private @Nullable HouseDays days;

  @Option(
      names = "--out",
      paramLabel = "FOLDER|FILE",
      description = "Where to (default: certificate-house-ID-FROM-TO.json in the current folder).")
  private @Nullable Path out;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The key that signs, as PEM (default: certificate-key.pem beside SQLite's file, otherwise"
              + " in the current folder).")
  private @Nullable Path keyFile;

  @Option(names = "--force", description = "Replace files that are there.")
  private boolean force;

  @Spec private CommandSpec spec;

  private final Clock clock;

  CertificateCommand() {
    this(Clock.systemUTC());
  }

  CertificateCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Logs.quiet();
    HouseDays asked = days;
    if (asked == null) {
      throw new ParameterException(
          spec.commandLine(), "Of which house and days? Give --house, --from and --to");
    }
    Span span = asked.span();
    Answers answers = new Answers(spec.commandLine());
    try (Database database = asked.open();
        FreshFiles files = new FreshFiles(force)) {
      House house = asked.find(new Completeness(database, clock));
      Path file = HouseDays.file(out, "certificate-" + asked.fileName(house) + JSON);
      Path page = HouseDays.sibling(file, JSON, HTML);
      if (file.toString().endsWith(HTML)) {
        throw new UsageException("--out names the signed file, so it can't end with .html");
      }
      files.refuseTaken(file, page);
      SigningKey key = key(asked, answers);
      HouseExport.Exported exported =
          new HouseExport(database, clock)
              .measure(house, span)
              .orElseThrow(() -> new UsageException("The house was removed just now"));
      Issue issue =
          new Issue(
              "Tributary " + Version.text(),
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              asked.first(),
              asked.last());
      SignedCertificate signed = SignedCertificate.issue(exported, issue, key);
      String html =
          new CertificatePage(exported, issue, signed, file.getFileName().toString()).html();
      try {
        files.write(file, signed.bytes());
        files.write(page, html.getBytes(StandardCharsets.UTF_8));
        files.finish();
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        throw ExportCommand.unwritable(file, e);
      }
      answers.line("%s, %s to %s".formatted(HouseDays.name(house), asked.first(), asked.last()));
      new MissingReport(answers).print(exported.completeness());
      answers.line("Signed file   " + file);
      answers.line("Page          " + page);
      answers.line("Key           " + key.issuer());
    }
    return ExitCode.OK.number();
  }

  private SigningKey key(HouseDays asked, Answers answers) throws UsageException, IOException {
    Path file = (keyFile == null ? SigningKey.usualFile(asked.url()) : keyFile).toAbsolutePath();
    if (Files.exists(file)) {
      return SigningKey.read(file);
    }
    SigningKey key = SigningKey.create(file);
    Path handout = HouseDays.sibling(file, PEM, ".pub" + PEM);
    try (FreshFiles files = new FreshFiles(true)) {
      files.write(handout, key.issuer().pem().getBytes(StandardCharsets.US_ASCII));
      files.finish();
    }
    answers.line("A new signing key was made: %s; hand out %s".formatted(file, handout));
    return key;
  }
}
