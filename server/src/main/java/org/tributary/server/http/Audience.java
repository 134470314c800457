package org.tributary.server.http;

import java.util.Set;
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

  @SuppressWarnings("ImmutableEnumChecker") // a copy of its own, which nobody changes
  private final Set<Role> roles;

  Audience(Role... roles) {
    this.roles = Set.of(roles);
  }

  /** Whether somebody of that role is of it. */
  public boolean includes(Role role) {
    return roles.contains(role);
  }
}
