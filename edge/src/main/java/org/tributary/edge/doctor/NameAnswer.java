package org.tributary.edge.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.tributary.wire.NameHolder;

/**
 * What a push would be told about this gateway's name.
 *
 * @param refusal why it would be refused, in the words that it would be told
 * @param holder the machine whose place it would take, if another goes by the name
 */
public record NameAnswer(Optional<String> refusal, Optional<NameHolder> holder) {

  /** It goes by the name, or nobody does. */
  public static final NameAnswer OWN = new NameAnswer(Optional.empty(), Optional.empty());

  public NameAnswer {
    requireNonNull(refusal);
    requireNonNull(holder);
  }
}
