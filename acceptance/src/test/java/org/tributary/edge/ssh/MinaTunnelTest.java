package org.tributary.edge.ssh;

import org.tributary.testbed.MinaSshServer;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

class MinaTunnelTest extends TunnelContract {
  @Override
  SshServer start(SshServerPlan plan) {
    return MinaSshServer.start(plan);
  }
}
