package org.tributary.testbed;

import java.nio.file.Path;
import java.util.List;

/**
 * How an SSH host is set up.
 *
 * @param folder where it keeps its files
 * @param port to listen on; 0 for any free one
 * @param hostKeys that it shows
 * @param users whose keys sign in
 * @param forwards whether it lets connections through
 */
public record SshServerPlan(
    Path folder, int port, List<SshKeyFile> hostKeys, List<SshKeyFile> users, boolean forwards) {

  public SshServerPlan {
    hostKeys = List.copyOf(hostKeys);
    users = List.copyOf(users);
  }

  /** One host key, one user's key, any port, and connections let through. */
  public static SshServerPlan usual(Path folder) {
    return new SshServerPlan(
        folder,
        0,
        List.of(new SshKeyFile("host_ed25519")),
        List.of(new SshKeyFile("user_ed25519")),
        true);
  }

  public SshServerPlan on(int otherPort) {
    return new SshServerPlan(folder, otherPort, hostKeys, users, forwards);
  }

  public SshServerPlan showing(String... keys) {
    return new SshServerPlan(folder, port, files(keys), users, forwards);
  }

  public SshServerPlan letting(String... keys) {
    return new SshServerPlan(folder, port, hostKeys, files(keys), forwards);
  }

  public SshServerPlan withoutForwarding() {
    return new SshServerPlan(folder, port, hostKeys, users, false);
  }

  private static List<SshKeyFile> files(String... names) {
    return List.of(names).stream().map(SshKeyFile::new).toList();
  }
}
