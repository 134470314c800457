package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Table;

/**
 * A field, or a row, that both sides had otherwise, and which of them counts.
 *
 * @param id its number in the books
 * @param column empty where it is about the row as a whole
 * @param versions what there was, in central's ids
 * @param why the rule that decided
 * @param chosen whose version a person chose afterwards
 */
public record Conflict(
    long id,
    GatewayId gateway,
    Table table,
    LocalId local,
    CentralId central,
    Kind kind,
    String column,
    Versions versions,
    Side winner,
    String why,
    Instant noticed,
    Optional<Choice> chosen) {

  /** How it came about. */
  public enum Kind {
    /** The sides had it otherwise before they ever agreed. */
    MATCHED("otherwise when it was matched"),
    /** Both changed it since they agreed. */
    EDITED("changed on both sides"),
    /** Removed at the gateway, changed at central. */
    REMOVED_THERE("removed at the gateway, changed at central"),
    /** Removed at central, changed at the gateway. */
    REMOVED_HERE("removed at central, changed at the gateway");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /** An end. */
  public enum Side {
    GATEWAY,
    CENTRAL
  }

  /**
   * The versions of a field; a whole row's as JSON.
   *
   * @param base when both agreed; null where they never did
   */
  public record Versions(
      @Nullable Object base, @Nullable Object gateway, @Nullable Object central) {

    /** That of one end. */
    public @Nullable Object of(Side side) {
      return side == Side.GATEWAY ? gateway : central;
    }
  }

  /** Whose version a person chose, who, and when. */
  public record Choice(Side side, String by, Instant at) {}

  /** For people: what each side has, and whose counts. */
  String inOneLine() {
    String what = column.isEmpty() ? kind.words() : column;
    String sides =
        column.isEmpty()
            ? ""
            : " %s at the gateway, %s at central"
                .formatted(shown(Side.GATEWAY), shown(Side.CENTRAL));
    return "%s %s, %s:%s; %s counts (%s)"
        .formatted(
            table, local, what, sides, winner == Side.GATEWAY ? "the gateway's" : "central's", why);
  }

  private String shown(Side side) {
    Object value = versions.of(side);
    return value instanceof String text ? '"' + text + '"' : value == null ? "nothing" : value + "";
  }

  public Conflict {
    requireNonNull(gateway);
    requireNonNull(table);
    requireNonNull(local);
    requireNonNull(central);
    requireNonNull(kind);
    requireNonNull(column);
    requireNonNull(versions);
    requireNonNull(winner);
    requireNonNull(why);
    requireNonNull(noticed);
    requireNonNull(chosen);
  }
}
