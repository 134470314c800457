package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Greeting;
import org.tributary.wire.MergeTerms;

/**
 * A greeting as it is written down.
 *
 * @param refused what it was told, if it was refused
 * @param ahead how far its clock was ahead of ours, in milliseconds
 */
record Contact(Instant at, Greeting greeting, long ahead, Optional<String> refused) {

  Contact {
    requireNonNull(at);
    requireNonNull(greeting);
    requireNonNull(refused);
  }

  static Contact welcomed(Instant at, Greeting greeting, long ahead) {
    return new Contact(at, greeting, ahead, Optional.empty());
  }

  static Contact refused(Instant at, Greeting greeting, long ahead, String reason) {
    return new Contact(at, greeting, ahead, Optional.of(reason));
  }

  /** What the greeting tells of how the gateway is set up. */
  String configuration() {
    MergeTerms terms = greeting.terms();
    return "protocol %d, %s"
        .formatted(
            greeting.protocol(),
            terms.takes()
                ? "metadata both ways (%s%s)"
                    .formatted(terms.rules(), terms.mirrors() ? ", removals too" : "")
                : "metadata to central only" + (terms.mirrors() ? ", removals too" : ""));
  }
}
