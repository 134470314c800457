package org.tributary.edge.doctor;

import java.util.List;

/** Says that everybody on the way to a remote can read along, and whether that is allowed. */
public record PlainHttpCheck(boolean allowed) implements Check {

  @Override
  public String name() {
    return "TLS";
  }

  @Override
  public List<Finding> look() {
    return List.of(
        allowed
            ? Finding.warning(
                "none (insecure_http = yes): everybody on the way can read along, and take the key",
                "give central a certificate, and url https://; then renew the key: tributary key"
                    + " renew")
            : Finding.problem(
                "none: everybody on the way could read along, so nothing is sent there",
                "give central a certificate, and url https://; or, if you know what you do, say"
                    + " insecure_http = yes beside url"));
  }
}
