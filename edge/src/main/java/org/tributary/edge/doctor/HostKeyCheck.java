package org.tributary.edge.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.ssh.ShownKey;
import org.tributary.edge.ssh.SshExamination;
import org.tributary.edge.ssh.SshRefusedException;

/** Whether an SSH host is the one that is meant. */
public record HostKeyCheck(SshExamination way) implements Check {

  @Override
  public String name() {
    return "host key";
  }

  @Override
  public List<Finding> look() {
    Optional<ShownKey> shown = way.hostKey();
    return List.of(shown.map(HostKeyCheck::finding).orElseGet(this::unseen));
  }

  private static Finding finding(ShownKey key) {
    return key.verdict() == ShownKey.Verdict.KNOWN
        ? Finding.ok(key.words())
        : Finding.refusal(key.words(), key.advice());
  }

  private Finding unseen() {
    try {
      way.signIn();
      return Finding.warning("the host shows none", "");
    } catch (IOException e) {
      return Finding.problem(String.valueOf(e.getMessage()), "");
    } catch (SshRefusedException e) {
      return Finding.refusal(String.valueOf(e.getMessage()), "");
    }
  }
}
