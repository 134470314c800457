package org.tributary.server.page.export;

import java.io.IOException;

/** What was chosen can't be exported; says what can. */
final class WrongChoiceException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String field;

  WrongChoiceException(String field, String expected, String given) {
    super("%s: %s is expected, not '%s'".formatted(field, expected, given));
    this.field = field;
  }

  String field() {
    return field;
  }
}
