package org.tributary.edge.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {

  final OwnNames names = new OwnNames("192.0.2.7", "Pi-17");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8766",
        "LOCALHOST.",
        "127.0.0.1:8766",
        "127.8.8.8",
        "[::1]",
        "[::1]:8766",
        "pi-17",
        "PI-17.local:8766",
        "192.0.2.7:8766"
      })
  void include_takesEachNameOfThisMachine(String host) throws Exception {
    assertThat(names.include(host, InetAddress.getByName("192.0.2.7"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.8",
        "[2001:db8::1]:8766",
        "[::1",
        "999.1.1.1",
        "localhost:8766:1",
        "localhost@evil.example"
      })
  void include_refusesEveryOther(String host) throws Exception {
    assertThat(names.include(host, InetAddress.getByName("192.0.2.7"))).isFalse();
  }
}
