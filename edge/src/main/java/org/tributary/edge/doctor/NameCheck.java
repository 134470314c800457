package org.tributary.edge.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a remote's name leads to an address. */
public record NameCheck(String host) implements Check {

  @Override
  public String name() {
    return "name";
  }

  @Override
  public List<Finding> look() {
    try {
      String addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(", "));
      return List.of(
          Finding.ok(addresses.equals(host) ? host + " is an address" : host + " is " + addresses));
    } catch (UnknownHostException e) {
      return List.of(
          Finding.problem(
              "the name " + host + " does not resolve",
              "is it spelled right in url, and has this machine a network and a name server?"));
    }
  }
}
