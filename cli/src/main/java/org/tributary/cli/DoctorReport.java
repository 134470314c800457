package org.tributary.cli;

import java.util.ArrayList;
import java.util.List;
import org.tributary.edge.doctor.Area;
import org.tributary.edge.doctor.Examined;
import org.tributary.edge.doctor.Finding;
import org.tributary.edge.doctor.Level;
import org.tributary.store.Counted;

/** Prints a doctor's findings as they come, a line each, and sums them up. */
final class DoctorReport {

  private static final String ADVICE_INDENT = " ".repeat(17);

  private final Answers answers;
  private String section = "";
  private ExitCode code = ExitCode.OK;
  private int problems;
  private int warnings;

  DoctorReport(Answers answers) {
    this.answers = answers;
  }

  void examined(Examined examined) {
    if (!examined.section().equals(section)) {
      if (!section.isEmpty()) {
        answers.line("");
      }
      section = examined.section();
      answers.line(answers.styled("bold", section));
    }
    String check = examined.check();
    for (Finding finding : examined.findings()) {
      print(check, finding);
      check = "";
      count(examined.area(), finding);
    }
  }

  /** Says what it all came to; the exit code. */
  ExitCode end() {
    List<String> sums = new ArrayList<>();
    sums.add(problems == 0 ? "No problem" : Counted.of(problems, "problem"));
    if (warnings > 0) {
      sums.add(Counted.of(warnings, "warning"));
    }
    answers.line("");
    answers.line(String.join(", ", sums) + ".");
    return code;
  }

  private void print(String check, Finding finding) {
    Level level = finding.level();
    String shape = "%s %-11s".formatted(sign(level), level.words());
    answers.line(
        "  %s  %-14s  %s"
            .formatted(answers.styled(style(level), shape), check, Answers.plain(finding.what())));
    if (!finding.advice().isEmpty()) {
      answers.line(ADVICE_INDENT + "-> " + Answers.plain(finding.advice()));
    }
  }

  private void count(Area area, Finding finding) {
    switch (finding.level()) {
      case OK, NOT_CHECKED -> {}
      case WARNING -> warnings++;
      case PROBLEM -> {
        problems++;
        code = code == ExitCode.OK ? code(area, finding) : code;
      }
    }
  }

  private static ExitCode code(Area area, Finding finding) {
    return switch (area) {
      case CONFIGURATION, MACHINE -> ExitCode.USAGE;
      case LOCAL_DATABASE -> ExitCode.LOCAL_DATABASE;
      case REMOTE -> finding.refusal() ? ExitCode.REFUSED : ExitCode.UNREACHABLE;
      case CLOCK -> ExitCode.SET_ASIDE;
    };
  }

  private static char sign(Level level) {
    return switch (level) {
      case OK -> '+';
      case WARNING -> '!';
      case PROBLEM -> 'x';
      case NOT_CHECKED -> '-';
    };
  }

  private static String style(Level level) {
    return switch (level) {
      case OK -> "green";
      case WARNING -> "yellow";
      case PROBLEM -> "bold,red";
      case NOT_CHECKED -> "faint";
    };
  }
}
