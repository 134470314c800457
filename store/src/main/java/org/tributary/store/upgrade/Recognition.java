package org.tributary.store.upgrade;

import java.util.List;
import java.util.Optional;

/**
 * Of which revision an original database is: by its stamp, and by what older tables look like,
 * because stamps are often put by hand and programs create whole tables that they miss.
 *
 * @param stamps what {@code alembic_version} says
 * @param from the oldest revision that the tables allow
 * @param until the newest one that they allow
 */
public record Recognition(List<String> stamps, Revision from, Revision until) {

  public Recognition {
    stamps = List.copyOf(stamps);
  }

  static Recognition of(Picture picture, List<String> stamps) {
    Revision from = Revision.BEFORE_ALL;
    Revision until = Revision.JOINED;
    if (picture.has("Node", "locationId")) {
      from = Revision.LOCATION;
    } else {
      until = Revision.ORIGINAL;
    }
    if (picture.has("NodeState", "seq_num")) {
      from = later(from, Revision.SEQUENCE_NUMBERS);
    } else {
      until = earlier(until, Revision.INDEXES);
    }
    if (picture.has("NodeState", "rssi")) {
      from = later(from, Revision.SIGNAL_STRENGTH);
    } else {
      until = earlier(until, Revision.SEQUENCE_NUMBERS);
    }
    if (picture.has("House", "serverid")) {
      from = later(from, Revision.SERVER_OF_HOUSE);
    } else {
      until = earlier(until, Revision.NO_HOUSE_OF_SERVER);
    }
    boolean stateKey =
        picture
            .table("NodeState")
            .map(table -> !table.has("id") && table.isUnique(List.of("time", "nodeId", "seq_num")))
            .orElse(false);
    if (stateKey && picture.has("House", "serverid")) {
      from = later(from, Revision.STATE_KEY);
    } else if (picture.has("NodeState", "id")) {
      until = earlier(until, Revision.SERVER_OF_HOUSE);
    }
    if (picture.has("Server", "houseid")) {
      from = later(from, Revision.SERVERS);
      until = earlier(until, Revision.VERSIONS);
    } else if (!picture.has("Server")) {
      until = earlier(until, Revision.PUSH_STATUS);
    }
    if (!picture.has("Pushstatus")) {
      until = earlier(until, Revision.BLACK_BULBS);
    } else if (!picture.has("Pushstatus", "version")) {
      from = later(from, Revision.PUSH_STATUS);
      until = earlier(until, Revision.SERVERS);
    }
    if (!picture.has("NodeBoot")) {
      until = earlier(until, Revision.STATE_KEY);
    }
    return new Recognition(stamps, from, until);
  }

  /** What the stamp says, the newest of several; empty without one that is known. */
  public Optional<Revision> stamped() {
    return stamps.stream().flatMap(each -> Revision.withId(each).stream()).max(Revision::compareTo);
  }

  /** Whether the tables look as if the stamp were wrong, or contradict each other. */
  public boolean disagrees() {
    return until.isBefore(from)
        || stamped().map(each -> each.isBefore(from) || until.isBefore(each)).orElse(false);
  }

  /** Whether sensor types have been given their new numbers; empty if nothing tells. */
  Optional<Boolean> isRelabelled() {
    if (!until.isBefore(from)) {
      if (!from.isBefore(Revision.RELABELLED)) {
        return Optional.of(true);
      }
      if (until.isBefore(Revision.RELABELLED)) {
        return Optional.of(false);
      }
    }
    return disagrees()
        ? Optional.empty()
        : stamped().map(each -> !each.isBefore(Revision.RELABELLED));
  }

  /** The revision to go on from: the stamp's where the tables allow it. */
  Revision start() {
    return disagrees() ? earlier(from, until) : stamped().orElse(earlier(from, until));
  }

  private static Revision later(Revision one, Revision other) {
    return one.isBefore(other) ? other : one;
  }

  private static Revision earlier(Revision one, Revision other) {
    return one.isBefore(other) ? one : other;
  }
}
