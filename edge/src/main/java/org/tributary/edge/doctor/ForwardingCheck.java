package org.tributary.edge.doctor;

import java.io.IOException;
import java.util.List;
import org.tributary.edge.ssh.SshExamination;
import org.tributary.edge.ssh.SshRefusedException;

/** Whether an SSH host lets connections through to a remote's database. */
public record ForwardingCheck(SshExamination way, String dbHost, int dbPort) implements Check {

  @Override
  public String name() {
    return "forwarding";
  }

  @Override
  public List<Finding> look() {
    try {
      way.reach();
      return List.of(
          Finding.ok("the SSH host lets connections through to %s:%d".formatted(dbHost, dbPort)));
    } catch (IOException e) {
      return List.of(Finding.problem(String.valueOf(e.getMessage()), ""));
    } catch (SshRefusedException e) {
      return List.of(Finding.refusal(String.valueOf(e.getMessage()), ""));
    }
  }
}
