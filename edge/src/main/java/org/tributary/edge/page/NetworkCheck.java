package org.tributary.edge.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.RunningPush;
import org.tributary.edge.Standing;
import org.tributary.edge.words.Failure;
import org.tributary.edge.words.TimeWords;

/** Whether anything gets through, and if not, what is wrong. */
final class NetworkCheck {

  private NetworkCheck() {}

  static Check of(Look look) {
    List<Html> wrong = new ArrayList<>();
    for (RunningPush.Remote remote : look.remotes()) {
      RemoteStatus status = remote.status();
      // Where somebody says no, the network is fine.
      if (status.standing() == Standing.WAITING_FOR_NETWORK) {
        wrong.add(
            Html.of(
                "<p>%s: %s</p>",
                Html.foreign(status.name(), 60), Html.foreign(Failure.words(status.failure()))));
      }
    }
    Optional<Instant> last =
        look.remotes().stream()
            .flatMap(remote -> remote.status().lastContact().stream())
            .max(Instant::compareTo);
    String success =
        last.map(time -> "last success " + TimeWords.ago(time, look.at()))
            .orElse("nothing has got through yet");
    if (wrong.isEmpty()) {
      return new Check(shape(look, last), "Network", success, List.of());
    }
    boolean none = wrong.size() == look.remotes().size();
    return new Check(none ? Shape.BROKEN : Shape.WATCH, "Network", success, wrong);
  }

  /** What got through before this push began says nothing of now. */
  private static Shape shape(Look look, Optional<Instant> last) {
    boolean asks =
        look.remotes().stream().anyMatch(remote -> remote.status().standing() == Standing.ASKING);
    return asks ? Shape.UNKNOWN : last.isPresent() ? Shape.GOOD : Shape.MOVING;
  }
}
