package org.tributary.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * By what addresses are counted: one of IPv4 by itself, one of IPv6 by its first 64 bits, which is
 * the least that a customer has (RFC 6177). Otherwise whoever has one such line would be 2^64
 * callers.
 */
final class Network {

  private static final int PREFIX_BYTES = 8;

  private Network() {}

  /** The address of IPv4, or the network of IPv6. */
  static InetAddress of(InetAddress address) {
    if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }

  /** The same of one in figures, also in brackets; anything else is left as it is. */
  static String of(String address) {
    String bare = address.replaceAll("[\\[\\]]", "");
    if (!bare.contains(":")) {
      return address; // and never a name that is asked for
    }
    try {
      return of(InetAddress.getByName(bare)).getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
