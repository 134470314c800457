package org.tributary.edge.page;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names that this machine is rightly called by. A web page elsewhere can have its own name lead
 * here, and would then read what we answer; its name gives it away.
 */
final class OwnNames {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|\\[[0-9a-fA-F:.]{2,45}]");
  private static final int MAX_LENGTH = 260;

  private final Set<String> names = new TreeSet<>();

  /**
   * @param listening the host in the configuration
   * @param hostname this machine's own name
   */
  OwnNames(String listening, String hostname) {
    names.add("localhost");
    for (String name : new String[] {listening, hostname}) {
      String plain = name.toLowerCase(Locale.ROOT);
      names.add(plain);
      names.add(plain + ".local"); // as it is called in its own network
    }
  }

  /**
   * Whether a request is for us.
   *
   * @param host the request's {@code Host}, perhaps with a port; blank if it had none
   * @param reached the address at which it arrived
   */
  boolean include(String host, InetAddress reached) {
    if (host.isBlank() || host.length() > MAX_LENGTH) {
      return false;
    }
    String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
    if (!ADDRESS.matcher(name).matches()) {
      return names.contains(name.replaceFirst("\\.$", ""));
    }
    try {
      // An address stands for itself: no name service is asked.
      InetAddress asked = InetAddress.getByName(name);
      return asked.isLoopbackAddress() || asked.equals(reached);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
