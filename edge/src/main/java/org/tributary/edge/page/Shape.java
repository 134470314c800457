package org.tributary.edge.page;

import org.tributary.edge.Standing;
import org.tributary.edge.doctor.Level;

/** How something stands, as a shape: who sees no colours sees the shape, and the word beside it. */
enum Shape {
  GOOD("good", "M5 13l4.5 4.5L19 7.5"),
  MOVING("moving", "M12 19V5M6 11l6-6 6 6"),
  UNKNOWN("unknown", "M6 12h.1M12 12h.1M18 12h.1"),
  PAUSED("paused", "M8.5 6v12M15.5 6v12"),
  WATCH("watch", "M12 5.5v8M12 18.2v.3"),
  ACT("bad", "M12 5.5v8M12 18.2v.3"),
  BROKEN("bad", "M7 7l10 10M17 7L7 17");

  private final String style;
  private final String strokes;

  Shape(String style, String strokes) {
    this.style = style;
    this.strokes = strokes;
  }

  static Shape of(Standing standing) {
    return switch (standing) {
      case ALL_SENT -> GOOD;
      case ASKING -> UNKNOWN;
      case SENDING, WAITING -> MOVING;
      case WAITING_FOR_NETWORK -> PAUSED;
      case ACTION_NEEDED -> ACT;
    };
  }

  static Shape of(Level level) {
    return switch (level) {
      case OK -> GOOD;
      case WARNING, NOT_CHECKED -> WATCH;
      case PROBLEM -> BROKEN;
    };
  }

  /** Its name in the style sheet. */
  String style() {
    return style;
  }

  Html drawn() {
    return Html.of(
        "<svg class=\"shape %s\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"%s\"/></svg>",
        style, strokes);
  }
}
