package org.tributary.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** An SSH host in this process, by a library that is not the one under test. */
public final class MinaSshServer implements SshServer {
  private final org.apache.sshd.server.SshServer server;

  private MinaSshServer(org.apache.sshd.server.SshServer server) {
    this.server = server;
  }

  /** Starts it. */
  public static MinaSshServer start(SshServerPlan plan) {
    var server = org.apache.sshd.server.SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(plan.port());
    List<Path> hostKeys = plan.hostKeys().stream().map(key -> key.writeTo(plan.folder())).toList();
    server.setKeyPairProvider(new FileKeyPairProvider(hostKeys));
    List<PublicKey> users = new ArrayList<>();
    for (SshKeyFile user : plan.users()) {
      users.add(publicKey(user.publicLine()));
    }
    server.setPublickeyAuthenticator(
        (name, key, session) ->
            name.equals("house")
                && users.stream().anyMatch(user -> KeyUtils.compareKeys(user, key)));
    server.setForwardingFilter(
        plan.forwards() ? AcceptAllForwardingFilter.INSTANCE : RejectAllForwardingFilter.INSTANCE);
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MinaSshServer(server);
  }

  private static PublicKey publicKey(String line) {
    try {
      return AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
          .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Not a public key: " + line, e);
    }
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public String user() {
    return "house";
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
