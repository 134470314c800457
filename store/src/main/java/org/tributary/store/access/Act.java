package org.tributary.store.access;

import java.util.Locale;

/** What the audit trail tells of. */
public enum Act {
  GATEWAY_ADD,
  GATEWAY_ENROL,
  GATEWAY_KEY,
  GATEWAY_REVOKE,
  GATEWAY_RELEASE,
  RESTORE_PERMIT,
  RESTORE_REVOKE,
  MAPPING,
  CONFLICT,
  SETASIDE_REPLAY,
  SETASIDE_DROP,
  EXPORT,
  CHANGE,
  TOKEN_ADD,
  TOKEN_REVOKE,
  USER_ADD,
  USER_ROLE,
  USER_PASSWORD,
  USER_REMOVE,
  SIGN_IN,
  SIGN_OUT;

  /** As it is shown: {@code gateway-add}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
