package org.tributary.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what was written. */
class WholeFileTest {

  @TempDir Path folder;

  @BeforeEach
  void onUnixAlone() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
  }

  @Test
  void write_overAFileThatIsItsOwnersAlone_leavesItToItsOwner() throws IOException {
    Path file = file("rw-------");

    WholeFile.write(file, "new");

    assertThat(file).hasContent("new");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void write_overAFileThatOthersRead_leavesItReadable() throws IOException {
    Path file = file("rw-rw-r--");

    WholeFile.write(file, "new");

    assertThat(permissions(file)).isEqualTo("rw-rw-r--");
  }

  @Test
  void writeSecret_overAFileThatOthersRead_givesItToTheOwnerAlone() throws IOException {
    Path file = file("rw-rw-r--");

    WholeFile.writeSecret(file, "key");

    assertThat(file).hasContent("key");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  private Path file(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
