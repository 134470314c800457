package org.tributary.acceptance.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tributary} with a Java that only notes how it was called. */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "tributary");
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private Path home;
  private Path jar;
  private Path archive;

  @BeforeEach
  void checkOut() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    Files.copy(SCRIPT, home.resolve("tributary"));
    jar = home.resolve("cli/target/tributary.jar");
    archive = home.resolve("cli/target/tributary.jsa");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    Files.setLastModifiedTime(jar, FileTime.from(BUILT));
    java("for word; do case $word in *ArchiveClassesAtExit=*) echo made >${word#*=};; esac; done");
  }

  @Test
  void start_withoutAnArchive_makesItOnceAndStartsWithIt() throws Exception {
    assertThat(start("status")).isZero();
    assertThat(start("status")).isZero();

    assertThat(archive).hasContent("made");
    assertThat(calls()).hasSize(3);
    assertThat(calls().get(0)).contains("ArchiveClassesAtExit");
    assertThat(calls().subList(1, 3))
        .allMatch(call -> call.contains("SharedArchiveFile=" + archive) && call.endsWith("status"));
  }

  @Test
  void start_afterARebuild_makesTheArchiveAnew() throws Exception {
    Files.writeString(archive, "of another build");
    Files.setLastModifiedTime(archive, FileTime.from(BUILT.minusSeconds(1)));

    assertThat(start("status")).isZero();

    assertThat(archive).hasContent("made");
  }

  @Test
  void start_whenTheArchiveCantBeMade_startsAllTheSameAndTriesNoMore() throws Exception {
    java("case $* in *ArchiveClassesAtExit*) exit 1;; esac");

    assertThat(start("status")).isZero();
    assertThat(start("status")).isZero();

    assertThat(calls()).hasSize(3);
    assertThat(calls().subList(1, 3)).noneMatch(call -> call.contains("SharedArchiveFile"));
  }

  @Test
  void start_ofAnInstalledProgram_makesNothing() throws Exception {
    Files.move(jar, home.resolve("tributary.jar"));
    Files.delete(jar.getParent());
    Files.delete(home.resolve("cli"));

    assertThat(start("push")).isZero();

    assertThat(calls()).singleElement().asString().contains("-Xmx64m").endsWith("push");
    try (var files = Files.list(home)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("tributary", "tributary.jar");
    }
  }

  /** Lets {@code java} be a script that notes its words, one call a line, and then does this. */
  private void java(String then) throws IOException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho \"$*\" >>'%s'\n%s\n".formatted(log(), then));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int start(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", home.resolve("tributary").toString(), command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("TRIBUTARY_OPTS");
    return builder.start().waitFor();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(log(), StandardCharsets.UTF_8);
  }

  private Path log() {
    return folder.resolve("calls");
  }
}
