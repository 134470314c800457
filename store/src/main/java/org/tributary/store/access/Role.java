package org.tributary.store.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do at central. */
public enum Role {
  /** Sends its own rows, and asks what central has of them. */
  GATEWAY(false, false),
  /** Sends rows through the REST interface, and looks up what it has to know for that. */
  UPLOADER(false, true),
  /** Reads everything. */
  VIEWER(true, true),
  /** Reads everything, and changes rows. */
  OPERATOR(true, true),
  /** All that, and says who else may. */
  ADMIN(true, true);

  private final boolean ofPeople;
  private final boolean ofTokens;

  Role(boolean ofPeople, boolean ofTokens) {
    this.ofPeople = ofPeople;
    this.ofTokens = ofTokens;
  }

  /** Whether a person can have it. */
  public boolean isOfPeople() {
    return ofPeople;
  }

  /** Whether a token can have it. */
  public boolean isOfTokens() {
    return ofTokens;
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that somebody wrote. */
  public static Optional<Role> named(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equalsIgnoreCase(word)).findAny();
  }
}
