package org.tributary.server.http;

import org.tributary.store.access.Role;

/** Who may ask for something. */
public enum Audience {
  /** Strangers too. */
  ANYONE(Role.values()),
  /** Gateways: what they send, and what they ask of their own. */
  GATEWAYS(Role.GATEWAY),
  /** A gateway about itself; whoever reads everything about any. */
  ITSELF_AND_READERS(Role.GATEWAY, Role.VIEWER, Role.OPERATOR, Role.ADMIN),
  /** Whoever sends rows through the REST interface. */
  UPLOADERS(Role.UPLOADER, Role.OPERATOR, Role.ADMIN),
  /** Whoever reads, and who has to look up what he sends rows of. */
  UPLOADERS_AND_READERS(Role.UPLOADER, Role.VIEWER, Role.OPERATOR, Role.ADMIN),
  READERS(Role.VIEWER, Role.OPERATOR, Role.ADMIN),
  OPERATORS(Role.OPERATOR, Role.ADMIN),
  ADMINS(Role.ADMIN);

  /** A bit for each role, by its place. */
  private final int roles;

  Audience(Role... roles) {
    int bits = 0;
    for (Role role : roles) {
      bits |= 1 << role.ordinal();
    }
    this.roles = bits;
  }

  /** Whether somebody of that role is of it. */
  public boolean includes(Role role) {
    return (roles & 1 << role.ordinal()) != 0;
  }
}
