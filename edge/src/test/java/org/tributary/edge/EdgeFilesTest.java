package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeFilesTest {

  final EdgeFiles files = new EdgeFiles(Path.of("/etc/tributary/push-state"), "synchronise");

  @Test
  void prepare_whenTheFolderCannotBeMade_saysWhichAndWhatToDo(@TempDir Path folder)
      throws IOException {
    Path taken = Files.createFile(folder.resolve("push-state"));

    assertThatThrownBy(() -> new EdgeFiles(taken, "synchronise").prepare())
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(taken.toString())
        .hasMessageContaining("write beside its configuration");
  }

  @Test
  void of_aLinkToAConfiguration_isThatOfTheFileItself(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(Files.createDirectory(folder.resolve("real")).resolve("a.conf"));
    Path link = Files.createSymbolicLink(folder.resolve("b.conf"), file);
    Path folderLink = Files.createSymbolicLink(folder.resolve("linked"), file.getParent());

    assertThat(EdgeFiles.of(link)).isEqualTo(EdgeFiles.of(file));
    assertThat(EdgeFiles.of(folderLink.resolve("a.conf"))).isEqualTo(EdgeFiles.of(file));
  }

  @Test
  void record_isNamedAfterTheConfigurationAndTheRemote() {
    assertThat(files.record("central"))
        .isEqualTo(Path.of("/etc/tributary/push-state/synchronise.central.last"));
  }

  @Test
  void record_whenNamesDifferInOddLettersOnly_isAnotherFile() {
    Set<Path> records =
        Stream.of("a b", "a_b", "a/b", "köln", "kiln", "k_ln", "日本", "中国", "../x", "__")
            .map(files::record)
            .collect(Collectors.toSet());

    assertThat(records).hasSize(10);
    assertThat(records)
        .allMatch(path -> path.normalize().getParent().equals(files.folder()))
        .allMatch(path -> path.getFileName().toString().matches("[A-Za-z0-9._-]+"));
  }
}
