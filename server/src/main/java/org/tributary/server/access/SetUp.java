package org.tributary.server.access;

import java.util.Optional;
import org.tributary.store.StoreException;
import org.tributary.store.access.SignIns;
import org.tributary.wire.Credential;
import org.tributary.wire.EnrolmentCode;

/**
 * How the first person gets in: with a code that central prints where it was started, and keeps
 * nowhere. There is no account to begin with. Thread-safe.
 */
public final class SetUp {

  private final SignIns signIns;
  private final EnrolmentCode code;

  /**
   * @param code that is printed; another one at each start
   */
  public SetUp(SignIns signIns, EnrolmentCode code) {
    this.signIns = signIns;
    this.code = code;
  }

  /** The code, as long as nobody can sign in. */
  public Optional<EnrolmentCode> open() throws StoreException {
    return signIns.isNobodyThere() ? Optional.of(code) : Optional.empty();
  }

  /** Whether this is it. */
  boolean isCode(String typed) {
    return EnrolmentCode.parse(typed)
        .filter(it -> Credential.sameHash(it.hash(), code.hash()))
        .isPresent();
  }
}
