package org.tributary.edge.doctor;

import java.util.List;
import org.tributary.edge.config.PageAddress;

/** Who can see the status page. */
public record StatusPageCheck(PageAddress address) implements Check {

  @Override
  public String name() {
    return "status page";
  }

  @Override
  public List<Finding> look() {
    return List.of(
        address.isForThisMachineOnly()
            ? Finding.ok("%s, for this machine only".formatted(address))
            : Finding.warning(
                "%s: whoever is in this network can read it".formatted(address),
                "if that is not meant: status_listen = 127.0.0.1:%d".formatted(address.port())));
  }
}
