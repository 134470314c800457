package org.tributary.edge.doctor;

import java.io.IOException;
import java.util.List;
import org.tributary.edge.ssh.SshExamination;
import org.tributary.edge.ssh.SshRefusedException;

/** Whether an SSH host lets a user sign in, and with which key. */
public record SignInCheck(SshExamination way, String user) implements Check {

  @Override
  public String name() {
    return "sign-in";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(
          Finding.ok(
              "as %s, %s"
                  .formatted(user, way.signIn().map("with "::concat).orElse("without a key"))));
    } catch (IOException e) {
      return List.of(Finding.problem(String.valueOf(e.getMessage()), ""));
    } catch (SshRefusedException e) {
      return List.of(Finding.refusal(String.valueOf(e.getMessage()), ""));
    }
  }
}
