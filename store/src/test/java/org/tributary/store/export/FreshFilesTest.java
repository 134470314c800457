package org.tributary.store.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshFilesTest {

  @TempDir Path folder;
  Path one;
  Path other;

  @BeforeEach
  void name() {
    one = folder.resolve("one");
    other = folder.resolve("other");
  }

  @Test
  void finish_givesAllOfThemTheirNames() throws Exception {
    try (FreshFiles files = new FreshFiles(false)) {
      files.write(one, new byte[] {1});
      files.write(other, new byte[] {2});
      assertThat(one).doesNotExist();
      files.finish();
    }

    assertThat(one).hasBinaryContent(new byte[] {1});
    assertThat(other).hasBinaryContent(new byte[] {2});
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void close_withoutTheEnd_leavesNothing() throws Exception {
    try (FreshFiles files = new FreshFiles(true);
        OutputStream half = files.begin(one)) {
      half.write(1);
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void close_withoutTheEnd_leavesTheOldOne() throws Exception {
    Files.writeString(one, "old");
    try (FreshFiles files = new FreshFiles(true)) {
      files.write(one, new byte[] {1});
    }

    assertThat(one).hasContent("old");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void finish_whenTheNameIsTakenMeanwhile_leavesTheOtherOneThere() throws Exception {
    try (FreshFiles files = new FreshFiles(false)) {
      files.write(one, new byte[] {1});
      Files.writeString(one, "somebody else's");

      assertThatThrownBy(files::finish)
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("--force");
    }
    assertThat(one).hasContent("somebody else's");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void begin_inAFolderThatIsNotThere_saysSo() throws Exception {
    try (FreshFiles files = new FreshFiles(false)) {
      assertThatThrownBy(() -> files.begin(folder.resolve("no/such")))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("its folder is not there");
    }
  }
}
