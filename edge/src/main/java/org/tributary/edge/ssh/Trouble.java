package org.tributary.edge.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Says in an operator's words why a way through an SSH host stays closed. */
record Trouble(SshSettings settings) {

  /** RFC 4253: what a host says when too many keys were tried. */
  private static final int TOO_MANY_KEYS = 14;

  private static final int PROTOCOL_ERROR = 2;

  /** RFC 4254: what a host says when it may not or can't connect further. */
  private static final int PROHIBITED = 1;

  private static final int CONNECT_FAILED = 2;

  /**
   * Why a sign-in came to nothing.
   *
   * @param broke whether the connection broke off
   * @return if it may work later
   * @throws SshRefusedException if it won't before somebody acts
   */
  IOException whileSigningIn(
      JSchException failure, Optional<ShownKey> shown, KeyRing keys, boolean broke)
      throws SshRefusedException {
    Optional<ShownKey> stranger = shown.filter(key -> key.verdict() != ShownKey.Verdict.KNOWN);
    if (stranger.isPresent()) {
      throw new SshRefusedException(
          "%s: %s: %s".formatted(there(), stranger.get().words(), stranger.get().advice()));
    }
    if (failure instanceof JSchAlgoNegoFailException nothing) {
      throw new SshRefusedException(
          "%s and this program have no %s in common (it offers %s); its SSH server is too old, or"
                  .formatted(there(), nothing.getAlgorithmName(), nothing.getServerProposal())
              + " set up too strictly");
    }
    if (failure instanceof JSchSessionDisconnectException end) {
      return ended(end, keys);
    }
    if (isRefusal(failure) && !broke) {
      throw new SshRefusedException(refusedKeys(failure, keys));
    }
    return unreachable(failure);
  }

  private IOException ended(JSchSessionDisconnectException end, KeyRing keys)
      throws SshRefusedException {
    boolean tooMany =
        end.getReasonCode() == TOO_MANY_KEYS
            || (end.getReasonCode() == PROTOCOL_ERROR
                && end.getDescription().contains("authentication failures"));
    if (tooMany) {
      throw new SshRefusedException(
          "%s let %s try no more keys after some of %s; name the right one with sshkey"
              .formatted(there(), settings.user(), keys.words()));
    }
    return new IOException(
        "%s ended the connection: %s".formatted(there(), end.getDescription()), end);
  }

  private static boolean isRefusal(JSchException failure) {
    String text = String.valueOf(failure.getMessage());
    return text.startsWith("Auth ") || text.startsWith("USERAUTH");
  }

  private String refusedKeys(JSchException failure, KeyRing keys) {
    String text = String.valueOf(failure.getMessage());
    if (!text.contains("publickey")) {
      return "%s lets %s sign in by other ways than a key only (%s); let it allow keys"
          .formatted(there(), settings.user(), text.replaceFirst("^.*for methods ", ""));
    }
    String others =
        keys.unusable().isEmpty() ? "" : "; not tried: " + String.join("; ", keys.unusable());
    return "%s does not let %s sign in: it took none of %s; is sshuser right, and does"
            .formatted(there(), settings.user(), keys.words())
        + " ~/.ssh/authorized_keys there have the key's public half (ssh-copy-id)?"
        + others;
  }

  private IOException unreachable(JSchException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    if (cause instanceof UnknownHostException) {
      return new IOException(
          "the name %s does not resolve; is it spelled right in url, and has this machine a network?"
              .formatted(settings.host()),
          failure);
    }
    if (cause instanceof ConnectException) {
      return new IOException(
          "nothing listens on %s; does its SSH server run, and is sshport right?".formatted(port()),
          failure);
    }
    if (cause instanceof SocketTimeoutException) {
      return new IOException(
          "no answer from %s within %d s; a firewall or a dead link is in the way"
              .formatted(port(), settings.patience().connect().toSeconds()),
          failure);
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("version string")) {
      return new IOException(
          "what listens on %s is no SSH server; is sshport right?".formatted(port()), failure);
    }
    if (isRefusal(failure)
        || text.contains("closed by foreign host")
        || text.contains("End of IO Stream")) {
      return new IOException("%s hung up before anybody had signed in".formatted(there()), failure);
    }
    return new IOException(
        "the way to %s broke off: %s".formatted(there(), cause.getMessage()), failure);
  }

  /**
   * Why a connection behind the host came to nothing.
   *
   * @param reason as the host gave it; below 1 if it gave none
   */
  IOException whileForwarding(String host, int port, int reason, Exception failure)
      throws SshRefusedException {
    if (reason == PROHIBITED) {
      throw new SshRefusedException(
          "%s does not let %s go on to %s:%d; its sshd_config has to allow that (AllowTcpForwarding,"
                  .formatted(there(), settings.user(), host, port)
              + " PermitOpen), and so has the key's line in authorized_keys");
    }
    String what = "%s:%d, as %s sees it".formatted(host, port, there());
    if (reason == CONNECT_FAILED) {
      return new IOException(
          "nothing answers on %s; does the database run, and are dbhost and dbport right?"
              .formatted(what),
          failure);
    }
    return new IOException(
        "no connection to %s: %s"
            .formatted(what, reason < 1 ? "no answer" : "refused, reason %d".formatted(reason)),
        failure);
  }

  private String there() {
    return "the SSH host " + settings.address();
  }

  private String port() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return host + ":" + settings.port();
  }
}
