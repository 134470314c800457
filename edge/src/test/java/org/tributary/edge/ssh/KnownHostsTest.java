package org.tributary.edge.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.edge.ssh.KnownHosts.Line;

class KnownHostsTest {
  static final String KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIEkSvcjncNfkWldMplWelpSDdQ4WQjcTmnMt+RJoxvWM";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lab.example.org               | lab.example.org           | true",
        "Lab.Example.ORG               | lab.example.org           | true",
        "lab.example.org               | lab.example.com           | false",
        "lab.example.org               | [lab.example.org]:2222    | false",
        "[lab.example.org]:2222        | [lab.example.org]:2222    | true",
        "[lab.example.org]:2222        | lab.example.org           | false",
        "other,lab.example.org         | lab.example.org           | true",
        "*.example.org                 | lab.example.org           | true",
        "*.example.org                 | example.org               | false",
        "lab?.example.org              | lab1.example.org          | true",
        "lab?.example.org              | lab.example.org           | false",
        "*,!lab.example.org            | lab.example.org           | false",
        "!lab.example.org,*            | other                     | true",
        "*                             | [10.0.0.1]:2222           | true",
      })
  void of_understandsWhatSshUnderstands(String hosts, String name, boolean isMeant)
      throws Exception {
    assertThat(read(hosts + " ssh-ed25519 " + KEY).of(name)).hasSize(isMeant ? 1 : 0);
  }

  /** As {@code ssh-keygen -H} wrote them. */
  @Test
  void of_findsHashedNames() throws Exception {
    KnownHosts hosts =
        read(
            "|1|0HLxywWNMtKsOZbOaBSexGrqxgs=|Lq62pL4lRYpXfeMbJ6FjUfEGjoU= ssh-ed25519 " + KEY,
            "|1|/T41ixmcTF2JW3RiiVBCHI3ajQA=|fDn+IXFOISd9cG52o1cfil46RAk= ssh-ed25519 " + KEY);

    assertThat(hosts.of(KnownHosts.nameOf("lab.example.org", 2222)))
        .extracting(Line::number)
        .containsExactly(1);
    assertThat(hosts.of(KnownHosts.nameOf("Lab.example.org", 22)))
        .extracting(Line::number)
        .containsExactly(2);
    assertThat(hosts.of("other")).isEmpty();
  }

  @Test
  void of_keepsTheOrderAndTheLinesOfTheFile() throws Exception {
    KnownHosts hosts =
        read("# a comment", "", "h ssh-rsa AAAA bob@h", "@revoked * ssh-ed25519 " + KEY + "\r");

    assertThat(hosts.of("h"))
        .containsExactly(
            new Line(3, false, "h", "ssh-rsa", "AAAA"), new Line(4, true, "*", "ssh-ed25519", KEY));
  }

  @ParameterizedTest
  @CsvSource({
    "h",
    "h ssh-ed25519",
    "h ssh-ed25519 %%%",
    "@cert-authority h ssh-ed25519 AAAA",
    "|1|x|y ssh-ed25519 AAAA",
    "|1|x ssh-ed25519 AAAA",
  })
  void of_passesOverWhatItCannotUse(String line) throws Exception {
    assertThat(read(line).of("h")).isEmpty();
  }

  private KnownHosts read(String... lines) throws Exception {
    return KnownHosts.read(
        Files.writeString(folder.resolve("known_hosts"), String.join("\n", lines)));
  }
}
