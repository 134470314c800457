package org.tributary.edge;

import java.util.ArrayList;
import java.util.List;
import org.tributary.store.Counted;
import org.tributary.store.metadata.Taken;

/** What a push came to, in one line for the operator. */
public final class PushWords {

  private PushWords() {}

  public static String of(PushResult result) {
    List<String> parts = new ArrayList<>();
    if (result.sent() == 0 && result.setAside() == 0 && result.taken().done().isEmpty()) {
      parts.add("nothing new");
    }
    if (result.inserted() > 0) {
      parts.add(Counted.rows(result.inserted()) + " new");
    }
    if (result.changed() > 0) {
      parts.add(Counted.rows(result.changed()) + " changed");
    }
    if (result.unchanged() > 0) {
      parts.add(Counted.rows(result.unchanged()) + " already there");
    }
    if (result.setAside() > 0) {
      parts.add(Counted.rows(result.setAside()) + " set aside (see tributary status)");
    }
    Taken taken = result.taken();
    if (!taken.done().isEmpty()) {
      parts.add(
          "%s taken from central: %s"
              .formatted(changes(taken.done().size()), String.join("; ", taken.done())));
    }
    if (!taken.left().isEmpty()) {
      parts.add(
          "%s of central's can't be made here: %s"
              .formatted(changes(taken.left().size()), String.join("; ", taken.left())));
    }
    Healed healed = result.healed();
    if (healed.days() > 0) {
      parts.add(
          "%s not the same at both ends, %s sent again"
              .formatted(Counted.of(healed.days(), "day"), Counted.rows(healed.sent())));
    }
    if (healed.kept() > 0) {
      parts.add(Counted.rows(healed.kept()) + " kept at central that are not here any more");
    }
    if (healed.deleted() > 0) {
      parts.add(
          Counted.rows(healed.deleted())
              + " deleted at central because they are not here any more");
    }
    if (healed.mirrorRefused()) {
      parts.add("central deleted nothing: more than half of its rows are not here any more");
    }
    if (healed.left() > 0) {
      parts.add("%s left for the next time".formatted(Counted.of(healed.left(), "day")));
    }
    if (healed.backlog()) {
      parts.add("older rows left for the next time");
    }
    if (result.ahead()) {
      parts.add("rows stamped ahead of this machine's clock held back until it is that late");
    }
    for (String refused : result.refused()) {
      parts.add("refused: " + refused);
    }
    if (result.stopped()) {
      parts.add("stopped before the end");
    }
    return String.join(", ", parts);
  }

  private static String changes(int number) {
    return Counted.of(number, "change");
  }
}
