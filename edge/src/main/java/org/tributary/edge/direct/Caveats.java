package org.tributary.edge.direct;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can't be promised of a remote database, as far as it has been looked at. Thread-safe. */
final class Caveats {

  private static final Logger log = LoggerFactory.getLogger(Caveats.class);

  private final String remote;
  private volatile List<String> words = List.of();

  Caveats(String remote) {
    this.remote = remote;
  }

  List<String> words() {
    return words;
  }

  /** Says once in the log what is otherwise there. */
  void say(DirectSession open, boolean keepsBooks) {
    List<String> found = new ArrayList<>(open.fit().words());
    found.add(
        keepsBooks
            ? "what there is to remember, how far each table has come and what is set aside, stands"
                + " in that database, in tables named tributary_…"
            : "that database remembers nothing for this gateway (create_tables = no): each push"
                + " begins at the newest row there and compares anew what lies before it; rows set"
                + " aside are remembered here");
    if (!found.equals(words)) {
      words = List.copyOf(found);
      words.forEach(each -> log.info("{}: {}", remote, each));
    }
  }
}
