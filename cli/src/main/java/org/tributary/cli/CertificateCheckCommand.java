package org.tributary.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Counted;
import org.tributary.store.certificate.Certified;
import org.tributary.store.certificate.FileCheck;
import org.tributary.store.certificate.FileCheck.DifferentDay;
import org.tributary.store.certificate.IssuerKey;
import org.tributary.store.certificate.SignedCertificate;
import org.tributary.store.export.ReadBack;
import org.tributary.wire.WireFormatException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a certificate, and a file of readings against it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a certificate, and a file that tributary export wrote against it: without a database,"
          + " and without a network.",
      "It ends with 0 if all is as the certificate says, and with 8 if anything is not."
    })
final class CertificateCheckCommand implements Callable<Integer> {

  private static final int MOST_LINES = 50;
  private static final String BROKEN = "BROKEN";
  private static final String DIFFERENT = "DIFFERENT";

  @Parameters(paramLabel = "FILE", description = "The signed file (.json).")
  private Path file = Path.of("");

  @Option(
      names = "--against",
      paramLabel = "EXPORT.CSV",
      description = "The file of readings that it is to certify.")
  private @Nullable Path against;

  @Option(
      names = "--key",
      paramLabel = "FILE|FINGERPRINT",
      description =
          "The key that it must be signed by: the issuer's .pub.pem file, or its" + " fingerprint.")
  private @Nullable String key;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, IOException {
    Logs.quiet();
    Answers answers = new Answers(spec.commandLine());
    SignedCertificate signed = certificate();
    Certified certified = signed.certified();
    if (!signed.isIntact()) {
      answers.line(
          answers.styled("red", BROKEN)
              + "     the signature doesn't fit: the certificate was changed after it was signed,"
              + " or never was signed. Nothing that it says counts.");
      return ExitCode.DIFFERENT.number();
    }
    answers.line(
        "%s     nothing in it was changed since it was signed: %s, %s to %s, issued %s by %s"
            .formatted(
                answers.styled("green", "INTACT"),
                Answers.plain(certified.address()),
                Answers.plain(certified.firstDay()),
                Answers.plain(certified.lastDay()),
                Answers.plain(certified.issuedAt()),
                Answers.plain(certified.software())));
    boolean same = isOfIssuer(certified.issuer(), answers);
    if (same && against != null) {
      same = holds(certified, against, answers);
    } else if (against != null) {
      answers.line("The file was not checked.");
    }
    return (same ? ExitCode.OK : ExitCode.DIFFERENT).number();
  }

  private SignedCertificate certificate() throws UsageException, IOException {
    requireFile(file);
    try {
      return SignedCertificate.read(Files.readAllBytes(file));
    } catch (WireFormatException e) {
      throw new UsageException(file + ": " + Answers.plain(String.valueOf(e.getMessage())));
    }
  }

  private boolean isOfIssuer(IssuerKey issuer, Answers answers) throws UsageException, IOException {
    if (key == null) {
      answers.line(
          "UNKNOWN KEY "
              + issuer
              + ": this shows that nothing was changed, not who signed. Ask the"
              + " issuer for the fingerprint, and give it with --key.");
      return true;
    }
    boolean isIssuers =
        IssuerKey.isFingerprint(key)
            ? issuer.hasFingerprint(key)
            : publicKey(Path.of(key)).equals(issuer);
    answers.line(
        isIssuers
            ? answers.styled("green", "RIGHT KEY") + "  " + issuer
            : "%s  it is signed by %s, which is not the key that was named"
                .formatted(answers.styled("red", "WRONG KEY"), issuer));
    return isIssuers;
  }

  private static IssuerKey publicKey(Path file) throws UsageException, IOException {
    requireFile(file);
    try {
      return IssuerKey.ofPem(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--key: %s is no public key in PEM, and no fingerprint of 64 hexadecimal digits. %s"
              .formatted(file, e.getMessage()));
    }
  }

  private static void requireFile(Path file) throws UsageException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("There is no file " + file);
    }
  }

  private boolean holds(Certified certified, Path csv, Answers answers)
      throws UsageException, IOException {
    requireFile(csv);
    FileCheck check;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(csv))) {
      check = FileCheck.of(certified, in);
    } catch (WireFormatException e) {
      throw new UsageException(csv + ": " + Answers.plain(String.valueOf(e.getMessage())));
    }
    long rows = check.read().file().rows();
    if (check.isSame()) {
      answers.line(
          String.format(
              Locale.ROOT,
              check.toTheByte()
                  ? "%s       the file is the certified one to the byte: %s, %,d expected"
                  : "%s       the file holds the certified readings, written otherwise or in another"
                      + " order: %s, every day's count and digest is the same; %,d expected",
              answers.styled("green", "SAME"),
              Counted.of(rows, "reading"),
              certified.expected()));
      return true;
    }
    answers.line(
        String.format(
            Locale.ROOT,
            "%s  %s in the file, %,d certified",
            answers.styled("red", DIFFERENT),
            Counted.of(rows, "reading"),
            certified.export().rows()));
    days(check.differing(), answers);
    faults(check.read(), answers);
    return false;
  }

  private static void days(List<DifferentDay> days, Answers answers) {
    if (days.isEmpty()) {
      return;
    }
    answers.line("  %-10s %8s %12s %12s".formatted("day", "node", "certified", "in the file"));
    for (DifferentDay each : days.subList(0, Math.min(days.size(), MOST_LINES))) {
      answers.line(
          String.format(
              Locale.ROOT,
              "  %-10s %8d %,12d %,12d  %s",
              each.day().day(),
              each.day().node(),
              each.certified(),
              each.found(),
              what(each)));
    }
    if (days.size() > MOST_LINES) {
      answers.line("  … and %d more".formatted(days.size() - MOST_LINES));
    }
  }

  private static String what(DifferentDay day) {
    long more = day.found() - day.certified();
    if (day.certified() == 0) {
      return "not in the certificate";
    }
    if (more == 0) {
      return "a value, time, type or location was changed";
    }
    return String.format(Locale.ROOT, more > 0 ? "%,d too many" : "%,d missing", Math.abs(more));
  }

  private static void faults(ReadBack read, Answers answers) {
    for (ReadBack.Fault each : read.faults()) {
      answers.line("  line %d %s".formatted(each.line(), Answers.plain(each.sentence())));
    }
    if (read.faulty() > read.faults().size()) {
      answers.line("  … and %d more lines".formatted(read.faulty() - read.faults().size()));
    }
  }
}
