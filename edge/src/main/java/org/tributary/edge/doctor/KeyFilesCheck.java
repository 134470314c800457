package org.tributary.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tributary.edge.ssh.SshKeys;

/** Whether the keys that sign in at an SSH host are their owner's secret. */
public record KeyFilesCheck(SshKeys keys) implements Check {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  @Override
  public String name() {
    return "SSH keys";
  }

  @Override
  public List<Finding> look() {
    List<Path> secrets = new ArrayList<>(keys.files());
    keys.passphraseFile().ifPresent(secrets::add);
    secrets.removeIf(file -> !Files.exists(file));
    List<Finding> findings = new ArrayList<>();
    for (Path file : secrets) {
      if (isOpenToOthers(file)) {
        findings.add(
            Finding.warning(file + " can be read or written by other users", "chmod 600 " + file));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              secrets.isEmpty()
                  ? "no key in a file"
                  : "its owner's alone: "
                      + String.join(", ", secrets.stream().map(Path::toString).toList())));
    }
    return findings;
  }

  private static boolean isOpenToOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // signing in says what is wrong with it
    }
  }
}
