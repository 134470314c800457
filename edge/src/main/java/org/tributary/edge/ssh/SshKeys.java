package org.tributary.edge.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Secret;

/**
 * What a user signs in to an SSH host with. Files are read when it comes to that, not before.
 *
 * @param files private keys in the order in which they are tried
 * @param chosen whether the operator named the key: then it has to be there, and no other is tried.
 *     Otherwise files that are missing are passed over, and all keys of the agent are tried
 * @param passphrase of encrypted keys, if it was given
 * @param passphraseFile whose first line is the passphrase, if it wasn't
 * @param agent the socket of a running SSH agent
 */
public record SshKeys(
    List<Path> files,
    boolean chosen,
    Optional<Secret> passphrase,
    Optional<Path> passphraseFile,
    Optional<Path> agent) {

  public SshKeys {
    files = List.copyOf(files);
    requireNonNull(passphrase, "passphrase");
    requireNonNull(passphraseFile, "passphraseFile");
    requireNonNull(agent, "agent");
  }
}
