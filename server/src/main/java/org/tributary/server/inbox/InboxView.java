package org.tributary.server.inbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.MappingDecision;
import org.tributary.store.ingest.MappingDesk;

/**
 * What waits for somebody to decide, and what was decided.
 *
 * @param questions rows of which it is in doubt what they are
 * @param sharings houses that look alike
 * @param conflicts fields that both sides have otherwise
 * @param decisions the newest first
 * @param told what came of what was decided just now
 * @param trouble why it could not be decided
 */
public record InboxView(
    List<MappingDesk.Question> questions,
    List<MappingDesk.Sharing> sharings,
    List<Conflict> conflicts,
    List<MappingDecision> decisions,
    Optional<String> told,
    Optional<String> trouble)
    implements View {

  public InboxView {
    questions = List.copyOf(questions);
    sharings = List.copyOf(sharings);
    conflicts = List.copyOf(conflicts);
    decisions = List.copyOf(decisions);
  }

  /** Whether nobody has to decide anything. */
  public boolean isEmpty() {
    return questions.isEmpty() && sharings.isEmpty() && conflicts.isEmpty();
  }

  /** A version of a field for people. */
  public static String shown(@Nullable Object version) {
    return version == null ? "nothing" : version.toString();
  }

  @Override
  public int status() {
    return trouble.isPresent() ? 409 : 200;
  }

  @Override
  public String title() {
    return "Inbox";
  }

  @Override
  public Section section() {
    return Section.INBOX;
  }

  @Override
  public String template() {
    return "inbox/inbox.jte";
  }
}
