package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "house-42",
        "Attic_1.north",
        "007",
        "1234567890123456789012345678901234567890123456789012345678901234"
      })
  void of_takesAName(String name) {
    assertThat(new GatewayId(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "house 42",
        "house/42",
        "house\\42",
        "house%2F42",
        "house\n",
        "h\u00E4user",
        "\u0661",
        "<b>",
        "'; DROP TABLE Reading; --",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void of_refusesWhatCouldNotStandInAPath_andSaysWhatCan(String name) {
    assertThatThrownBy(() -> new GatewayId(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 64 letters, digits, '.', '_' or '-'")
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void of_refusesAPathThatLeadsElsewhere(String name) {
    assertThatThrownBy(() -> new GatewayId(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void compareTo_ordersByName() {
    assertThat(new GatewayId("a")).isLessThan(new GatewayId("b"));
    assertThat(new GatewayId("a")).isEqualByComparingTo(new GatewayId("a"));
  }

  @Test
  void path_ofAGateway_standsBelowGateways() {
    assertThat(SyncApi.setAside(new GatewayId("house-42.a_b")))
        .isEqualTo("/sync/gateways/house-42.a_b/setaside");
  }
}
