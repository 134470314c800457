package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a gateway says that it has of a series, window by window, for central to compare.
 *
 * @param columns which columns the gateway has, as {@link RowHash} numbers them
 * @param upTo the last key that counts: what lies behind it is still on its way in the live lane
 * @param grain how finely the windows of the scope are told
 * @param afresh whether central has to look at its rows instead of believing its own notes
 * @param scope what the claims are about: a window of this grain that is not among them is empty.
 *     Where windows are told whole it may be left out
 */
public record Claims(
    Table table,
    int columns,
    Optional<Position> upTo,
    Grain grain,
    boolean afresh,
    List<Window> scope,
    List<Claim> claims) {

  /** One window's digest. */
  public record Claim(Window window, Digest digest) {
    public Claim {
      requireNonNull(window);
      requireNonNull(digest);
    }
  }

  public Claims {
    requireNonNull(table);
    requireNonNull(upTo);
    requireNonNull(grain);
    scope = grain == Grain.WHOLE ? List.of() : List.copyOf(scope);
    claims = List.copyOf(claims);
    if (!table.isSeries()) {
      throw new IllegalArgumentException(table + " travels whole and has no windows");
    }
  }

  /** The windows that the claims are about. */
  public List<Window> about() {
    return grain == Grain.WHOLE ? claims.stream().map(Claim::window).toList() : scope;
  }
}
