package org.tributary.server.page;

import java.util.Arrays;
import org.tributary.server.http.Audience;

/** The entries of the navigation, in their order. */
public enum Section {
  FLEET("Fleet", "/", Audience.READERS),
  ATTENTION("Attention", "/attention", Audience.READERS),
  HOUSES("Houses", "/houses", Audience.READERS),
  COVERAGE("Coverage", "/coverage", Audience.READERS),
  INBOX("Inbox", "/inbox", Audience.READERS),
  SET_ASIDE("Set aside", "/set-aside", Audience.READERS),
  EXPORTS("Exports", "/exports", Audience.READERS),
  ENROLMENT("Enrolment", "/enrolment", Audience.ADMINS),
  PEOPLE("People", "/people", Audience.ADMINS),
  AUDIT("Audit", "/audit", Audience.ADMINS),
  API("API", "/api", Audience.UPLOADERS_AND_READERS);

  private final String title;
  private final String path;
  private final Audience audience;

  Section(String title, String path, Audience audience) {
    this.title = title;
    this.path = path;
    this.audience = audience;
  }

  /** Under which entry a path stands; the fleet for what stands under none. */
  public static Section of(String path) {
    return Arrays.stream(values())
        .filter(section -> path.equals(section.path) || path.startsWith(section.path + "/"))
        .findFirst()
        .orElse(FLEET);
  }

  /** As it is called in the navigation. */
  public String title() {
    return title;
  }

  public String path() {
    return path;
  }

  /** Who is shown the entry. */
  public Audience audience() {
    return audience;
  }
}
