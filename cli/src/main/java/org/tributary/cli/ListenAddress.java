package org.tributary.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tributary.server.CentralServer;

/** Reads {@code HOST:PORT}. */
final class ListenAddress {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)\\]|([^:]+)):(\\d{1,5})");

  private ListenAddress() {}

  /**
   * The address to listen on.
   *
   * @param others whether others may reach it: with TLS, or because that was asked for
   * @throws UsageException if it is none, or if others could reach it who must not
   */
  static InetSocketAddress of(String text, CentralServer.Auth auth, boolean others)
      throws UsageException {
    InetSocketAddress address = parse(text);
    if (address.getAddress().isLoopbackAddress()) {
      return address;
    }
    if (auth == CentralServer.Auth.OFF) {
      throw new UsageException(
          "--auth off is for this machine's loopback only (127.0.0.1 or [::1]), and others reach "
              + address.getHostString()
              + ": everybody could read and change all rows there. Leave --auth out.");
    }
    if (!others) {
      throw new UsageException(
          "Others reach "
              + address.getHostString()
              + ", and without TLS everybody on the way could read along, and take keys and"
              + " passwords. Give --tls-cert and --tls-key, or listen on 127.0.0.1 behind a proxy with"
              + " TLS; --insecure-http goes without, if you know what you do.");
    }
    return address;
  }

  private static InetSocketAddress parse(String text) throws UsageException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
      throw new UsageException(
          "--listen takes HOST:PORT, for example 127.0.0.1:8765 or [::1]:8765, not \""
              + text
              + '"');
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    try {
      return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(matcher.group(3)));
    } catch (UnknownHostException e) {
      throw new UsageException("--listen: the name " + host + " does not resolve");
    }
  }
}
