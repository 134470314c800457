package org.tributary.edge.ssh;

import org.junit.jupiter.api.condition.EnabledIf;
import org.tributary.testbed.OpenSshServer;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

@EnabledIf(
    value = "org.tributary.testbed.OpenSshServer#isInstalled",
    disabledReason = "no sshd on this machine (apt-get install openssh-server)")
class OpenSshTunnelTest extends TunnelContract {
  @Override
  SshServer start(SshServerPlan plan) {
    return OpenSshServer.start(plan);
  }
}
