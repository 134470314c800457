package org.tributary.edge.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Whether something listens where a remote should.
 *
 * @param ifNothingListens what to do then
 */
public record PortCheck(String host, int port, String ifNothingListens) implements Check {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "port";
  }

  @Override
  public List<Finding> look() {
    return List.of(connect());
  }

  private Finding connect() {
    String there = host + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      return Finding.ok("something listens on " + there);
    } catch (ConnectException e) {
      return Finding.problem("nothing listens on " + there, ifNothingListens);
    } catch (SocketTimeoutException e) {
      return Finding.problem(
          "no answer from %s within %d s".formatted(there, PATIENCE.toSeconds()),
          "a firewall or a dead link is in the way, or the address is wrong");
    } catch (IOException e) {
      return Finding.problem(
          "%s can't be reached: %s".formatted(there, e.getMessage()),
          "has this machine a network and a way there?");
    }
  }
}
