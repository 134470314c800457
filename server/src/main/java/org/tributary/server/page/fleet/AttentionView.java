package org.tributary.server.page.fleet;

import java.util.List;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.fleet.Problem;

/** What somebody should know of or do, the most pressing first. */
public record AttentionView(List<Problem> problems) implements View {

  public AttentionView {
    problems = List.copyOf(problems);
  }

  /** The colour of a problem's card. */
  public static String colour(Problem problem) {
    return switch (problem.kind()) {
      case STOPPED, SILENT, CLOCK_OFF, SET_ASIDE -> "bad";
      case MAPPING, NOTHING_NEW, NODE_SILENT, CONFLICT, NEVER_COMPARED, NEVER_CAME -> "wait";
      case TOKEN_ENDING, CODE_UNUSED, OLD_VERSION -> "";
    };
  }

  /** Where more about it is to be seen. */
  public static Section where(Problem problem) {
    return switch (problem.kind()) {
      case STOPPED, SILENT, CLOCK_OFF, NOTHING_NEW, NEVER_COMPARED, OLD_VERSION -> Section.FLEET;
      case SET_ASIDE -> Section.SET_ASIDE;
      case MAPPING, CONFLICT -> Section.INBOX;
      case NODE_SILENT -> Section.HOUSES;
      case TOKEN_ENDING -> Section.PEOPLE;
      case CODE_UNUSED, NEVER_CAME -> Section.ENROLMENT;
    };
  }

  @Override
  public String title() {
    return "Attention";
  }

  @Override
  public Section section() {
    return Section.ATTENTION;
  }

  @Override
  public String template() {
    return "fleet/attention.jte";
  }
}
