package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void parse_ofWhatIsRevealed_isTheSame() {
    for (int i = 0; i < 200; i++) {
      Credential made = Credential.random(RANDOM);
      Credential read = Credential.parse(" " + made.reveal() + "\n").orElseThrow();
      assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
      assertThat(read.id()).isEqualTo(made.id());
      assertThat(read.isOf(made.hash())).isTrue();
      assertThat(Credential.isId(made.id())).isTrue();
      assertThat(Credential.isHash(made.hash())).isTrue();
    }
  }

  @Test
  void parse_ofAnythingElse_isNothing() {
    String real = Credential.random(RANDOM).reveal();
    for (String text :
        new String[] {
          "",
          "trb_",
          real.substring(1),
          real + "A",
          real.toUpperCase(Locale.ROOT),
          real.replace("trb_", "trb-")
        }) {
      assertThat(Credential.parse(text)).as(text).isEmpty();
    }
    assertThat(Credential.isId("0123456789ABCDEF")).isFalse();
    assertThat(Credential.isHash("0")).isFalse();
  }

  @Test
  void random_isNeverTheSame() {
    Set<String> ids = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Credential made = Credential.random(RANDOM);
      ids.add(made.id());
      hashes.add(made.hash());
    }
    assertThat(ids).hasSize(1_000);
    assertThat(hashes).hasSize(1_000);
  }

  @Test
  void equals_whenTheSecretIsAnother_isFalse() {
    Credential one = Credential.random(RANDOM);
    Credential other = Credential.parse("trb_" + one.id() + "_" + "A".repeat(43)).orElseThrow();
    assertThat(one).isNotEqualTo(other);
    assertThat(other.isOf(one.hash())).isFalse();
  }

  @Test
  void toString_showsTheIdAndNothingOfTheSecret() {
    Credential made = Credential.random(RANDOM);
    assertThat(made).hasToString("trb_" + made.id() + "_***");
    EnrolmentCode code = EnrolmentCode.random(RANDOM);
    assertThat(code).hasToString("***");
  }

  @Test
  void hash_isSha256InHexadecimal() {
    assertThat(Credential.hash("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void code_whenTypedByHand_isTheSame() {
    EnrolmentCode code = EnrolmentCode.random(RANDOM);
    String plain = code.reveal();
    assertThat(plain).matches("([0-9A-Z]{5}-){5}[0-9A-Z]").doesNotContain("O", "I", "L", "U");
    for (String typed :
        new String[] {
          plain,
          plain.toLowerCase(Locale.ROOT),
          plain.replace("-", ""),
          plain.replace("-", " "),
          plain.replace('0', 'o').replace('1', 'l')
        }) {
      assertThat(EnrolmentCode.parse(typed).orElseThrow().hash()).isEqualTo(code.hash());
    }
    assertThat(EnrolmentCode.parse(plain.substring(1))).isEmpty();
    assertThat(EnrolmentCode.parse(plain.replaceFirst("^.", "U"))).isEmpty();
  }
}
