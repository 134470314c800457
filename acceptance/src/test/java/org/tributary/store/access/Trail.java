package org.tributary.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.tributary.store.StoreException;

/** What tests look for in the audit trail. */
final class Trail {

  private Trail() {}

  static void assertNewest(
      AccessDesk desk, Instant written, String actor, String act, String subject, String detail)
      throws StoreException {
    AuditEntry newest = desk.audit(1).get(0);
    assertThat(newest).isEqualTo(new AuditEntry(newest.id(), written, actor, act, subject, detail));
  }
}
