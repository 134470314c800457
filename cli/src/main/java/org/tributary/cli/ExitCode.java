package org.tributary.cli;

/** What the program's exit tells: the only place where the numbers stand. */
public enum ExitCode {
  /** All is well; a push has delivered everything. */
  OK(0, "all delivered, all is well"),
  DEFECT(1, "an unexpected failure: please report it with the trace"),
  USAGE(
      2,
      "the command line or the configuration is wrong, or its folder can't be written; nothing was"
          + " started"),
  LOCAL_DATABASE(3, "the database can't be used, or lacks tables"),
  UNREACHABLE(4, "a remote can't be reached or does not answer; nothing is lost"),
  SET_ASIDE(5, "all was sent, and some rows are kept apart, or would be; see tributary status"),
  REFUSED(6, "a remote refused this gateway or one of its tables"),
  ALREADY_RUNNING(7, "another push works with the same configuration"),
  DIFFERENT(
      8,
      "verify or restore found rows that are not the same at both ends, or certificate check something"
          + " that is not as certified");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  /** Of two codes, such as those of two remotes, the one that needs attention first. */
  ExitCode orFirst(ExitCode other) {
    return other.urgency() < urgency() ? other : this;
  }

  // What was not sent at all comes before what was sent and set aside, whatever the numbers.
  private int urgency() {
    return switch (this) {
      case OK -> Integer.MAX_VALUE;
      case SET_ASIDE -> Integer.MAX_VALUE - 1;
      case DIFFERENT -> Integer.MAX_VALUE - 2;
      default -> number;
    };
  }
}
