package org.tributary.store.fleet.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to a gateway.
 *
 * @param words for people, in a line; names in it are as their owners wrote them
 */
public record HistoryEvent(Instant at, Kind kind, String words) {

  /** What happens to gateways. */
  public enum Kind {
    /** It greeted for the first time. */
    FIRST_CONTACT,
    /** A machine greeted that had not done so in its name, or goes by another host name now. */
    MACHINE,
    /** A machine started anew. */
    START,
    /** Its program is another. */
    VERSION,
    /** It is set up otherwise. */
    CONFIGURATION,
    /** A machine was refused. */
    REFUSED,
    /** A machine that had been refused was welcomed. */
    WELCOMED,
    /** It was stopped until a person decides. */
    STOPPED,
    /** A machine took another's place. */
    REPLACED,
    /** Its rows were, or may be, given back. */
    RESTORE,
    /** A person said which row is which. */
    MAPPING,
    /** Both ends had something otherwise. */
    CONFLICT,
    /** Rows of its are kept apart. */
    SET_ASIDE,
    /** A person decided about rows that were kept apart. */
    DECIDED,
    /** It changed or deleted rows that it had sent. */
    CORRECTION,
    /** It was told what to change in its own metadata. */
    TOLD,
    /** Something was done about its keys, or else by an administrator. */
    ADMINISTRATION;

    /** As it is shown: {@code first contact}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public HistoryEvent {
    requireNonNull(at);
    requireNonNull(kind);
    requireNonNull(words);
  }
}
