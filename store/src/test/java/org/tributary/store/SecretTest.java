package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
  final Secret secret = new Secret("hunter2");

  @Test
  void toString_printsStars() {
    assertThat(secret).hasToString("***");
    assertThat(Optional.of(secret).toString()).doesNotContain("hunter2");
  }

  @Test
  void reveal_givesThePassword() {
    assertThat(secret.reveal()).isEqualTo("hunter2");
  }

  @Test
  void equals_comparesThePasswords() {
    assertThat(secret).isEqualTo(new Secret("hunter2")).hasSameHashCodeAs(new Secret("hunter2"));
    assertThat(secret).isNotEqualTo(new Secret("hunter3")).isNotEqualTo("hunter2");
  }
}
