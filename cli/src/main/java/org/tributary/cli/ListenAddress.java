package org.tributary.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code HOST:PORT}. */
final class ListenAddress {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)\\]|([^:]+)):(\\d{1,5})");

  private ListenAddress() {}

  /** The address to listen on; must be this machine's loopback as long as nobody signs in. */
  static InetSocketAddress loopback(String text) throws UsageException {
    InetSocketAddress address = parse(text);
    if (!address.getAddress().isLoopbackAddress()) {
      throw new UsageException(
          "serve listens on this machine's loopback only (127.0.0.1 or [::1]), not on "
              + address.getHostString()
              + ": this release has no credentials yet, and readings are nobody else's business."
              + " Reach it through an SSH tunnel, or put a proxy with TLS and a password before it.");
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
