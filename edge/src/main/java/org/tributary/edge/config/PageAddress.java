package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the status page listens. The host's name is looked up only when that begins: a gateway may
 * start before its network does.
 *
 * @param host a name or an address, without brackets
 * @param port 0 takes any that is free
 */
public record PageAddress(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([\\p{L}\\p{N}._-]+)):([0-9]{1,5})");

  public PageAddress {
    requireNonNull(host);
  }

  /**
   * Understands {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static PageAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches() && Integer.parseInt(matcher.group(3)) <= 65_535) {
      String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      return new PageAddress(host, Integer.parseInt(matcher.group(3)));
    }
    throw new IllegalArgumentException(
        "\"%s\" is nothing to listen on; expected a host and a port, as in 127.0.0.1:8766"
            .formatted(text));
  }

  /** Whether nobody beyond this machine can reach it; asks no name service. */
  public boolean isForThisMachineOnly() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.equals("::1")
        || host.matches("(0{1,4}:){7}0{0,3}1");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
