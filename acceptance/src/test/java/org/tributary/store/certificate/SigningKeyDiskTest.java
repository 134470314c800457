package org.tributary.store.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tributary.testbed.disk.Disk;
import org.tributary.testbed.disk.PowerCut;

/** A certificate that was given out by a key which is gone then can't be followed by another. */
class SigningKeyDiskTest {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);
  private static final int SITES = 30;

  private final Random random = new Random(SEED);

  @Test
  void create_whereverThePowerIsCut_leavesNoKeyOrTheWholeOne() throws Exception {
    for (int run = 0; run < 400; run++) {
      Disk disk = new Disk();
      disk.cutAt(1 + random.nextInt(SITES));
      Optional<IssuerKey> made = Optional.empty();
      try {
        made = Optional.of(SigningKey.create(file(disk)).issuer());
      } catch (PowerCut e) {
        // It may be there, if it is whole.
      }
      disk.crash(random);

      Optional<IssuerKey> found = found(disk);
      if (made.isPresent()) {
        assertThat(found).as("run %d of seed %d", run, SEED).isEqualTo(made);
      }
    }
  }

  @Test
  void create_whereverTheDiskFails_saysSoAndLeavesNoHalfKey() throws Exception {
    int failures = 0;
    for (int operation = 1; operation < SITES; operation++) {
      Disk disk = new Disk();
      disk.failAt(operation);
      try {
        IssuerKey made = SigningKey.create(file(disk)).issuer();
        disk.crash(random);
        assertThat(found(disk)).as("operation %d", operation).contains(made);
      } catch (IOException e) {
        failures++;
        disk.heal();
        Optional<IssuerKey> found = found(disk);
        assertThat(found.isPresent() || isMade(disk)).as("operation %d", operation).isTrue();
      }
    }
    assertThat(failures).isGreaterThan(5);
  }

  private static boolean isMade(Disk disk) throws IOException {
    return found(disk).isEmpty() && SigningKey.create(file(disk)).issuer() != null;
  }

  private static Optional<IssuerKey> found(Disk disk) throws IOException {
    return Files.exists(file(disk))
        ? Optional.of(SigningKey.read(file(disk)).issuer())
        : Optional.empty();
  }

  private static Path file(Disk disk) {
    return disk.root().resolve("certificate-key.pem");
  }
}
