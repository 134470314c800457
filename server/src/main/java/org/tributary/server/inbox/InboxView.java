package org.tributary.server.inbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.ingest.Choice;
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
 * @param called how people call the rows that all of these are about
 * @param told what came of what was decided just now
 * @param trouble why it could not be decided
 */
public record InboxView(
    List<MappingDesk.Question> questions,
    List<MappingDesk.Sharing> sharings,
    List<Conflict> conflicts,
    List<MappingDecision> decisions,
    Called called,
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

  /** What a choice says, in a sentence. */
  public String words(Choice choice) {
    return called.words(choice);
  }

  /** The same, and what came of what was decided just now. */
  InboxView telling(String words) {
    return new InboxView(
        questions, sharings, conflicts, decisions, called, Optional.of(words), trouble);
  }

  /** What was decided by that number, in a sentence; empty if it is not among the newest. */
  Optional<String> words(long number) {
    return decisions.stream()
        .filter(each -> each.number() == number)
        .findFirst()
        .map(called::words);
  }

  /** The row that is asked about, as its gateway calls it. */
  public String own(MappingDesk.Question question) {
    return called.there(question.gateway(), question.table(), question.key());
  }

  /** Central's row that a conflict is about. */
  public String here(Conflict conflict) {
    return called.here(conflict.table().name(), conflict.central().value());
  }

  /** The same row as its gateway calls it. */
  public String own(Conflict conflict) {
    return called.there(
        conflict.gateway(), conflict.table().name(), String.valueOf(conflict.local().value()));
  }

  /** A version of a field for people. */
  public String shown(Conflict conflict, @Nullable Object version) {
    return called.version(conflict, version);
  }

  /** The row that was decided about, as its gateway calls it. */
  public String own(MappingDecision decision) {
    return called.there(decision.gateway(), decision.table(), String.valueOf(decision.local()));
  }

  /** The row of central that it is. */
  public String here(MappingDecision decision) {
    return called.here(decision.table(), decision.central());
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
