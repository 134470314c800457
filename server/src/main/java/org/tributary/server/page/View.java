package org.tributary.server.page;

/**
 * What one page shows: everything that its template needs, found out before anything is drawn.
 * Immutable.
 */
public interface View {

  /** For the browser's tab and the page's heading; may hold names that others wrote. */
  String title();

  /** Under which entry of the navigation it stands. */
  Section section();

  /** Its template, as {@code fleet/fleet.jte}. */
  String template();

  /** The status of HTTP. */
  default int status() {
    return 200;
  }
}
