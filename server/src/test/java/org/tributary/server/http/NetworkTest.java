package org.tributary.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
    "[2001:db8:1:2::9], 2001:db8:1:2:0:0:0:0",
    "::ffff:192.0.2.7, 192.0.2.7",
    "127.0.0.1, 127.0.0.1",
    "::1, 0:0:0:0:0:0:0:1",
    "[0:0:0:0:0:0:0:1], 0:0:0:0:0:0:0:1",
    "somebody, somebody",
    "a:b:no address, a:b:no address"
  })
  void of_isTheAddressOrTheNetworkThatItIsOf(String address, String network) {
    assertThat(Network.of(address)).isEqualTo(network);
  }

  @Test
  void of_twoAddressesOfOneLine_isTheSame() throws Exception {
    assertThat(Network.of(InetAddress.getByName("2001:db8::1:0:0:1")))
        .isEqualTo(Network.of(InetAddress.getByName("2001:db8::ffff:0:0:2")));
    assertThat(Network.of(InetAddress.getByName("2001:db8:0:1::1")))
        .isNotEqualTo(Network.of(InetAddress.getByName("2001:db8:0:2::1")));
  }
}
