package org.tributary.cli;

import java.time.Instant;
import org.tributary.store.access.Key;

/** How keys and tokens are spoken of. */
final class KeyWords {

  private KeyWords() {}

  /** Whether one holds, and when it was used. */
  static String state(Key key, Instant now) {
    String used =
        key.lastUsed().map(time -> "last used " + Answers.age(time, now)).orElse("never used");
    if (key.revoked().isPresent()) {
      return "ENDED %s, %s, %s"
          .formatted(
              Answers.time(key.revoked().get()), Answers.plain(key.why().orElse("revoked")), used);
    }
    return key.expires()
        .map(end -> (end.isAfter(now) ? "until " : "ENDED ") + Answers.time(end) + ", " + used)
        .orElse(used);
  }
}
