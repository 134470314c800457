package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {

  @TempDir Path folder;
  Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("house.lock");
  }

  /** What another process does. */
  static final class OtherProcess {
    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        System.exit(lock == null ? 7 : 0);
      }
    }
  }

  /** What a doctor in another process does, again and again, until its standard input ends. */
  static final class Looker {
    public static void main(String[] arguments) throws IOException {
      while (System.in.available() == 0) {
        InstanceLock.isHeld(Path.of(arguments[0]));
      }
    }
  }

  @Test
  void take_whileAnotherProcessLooks_isNotKeptFromIt() throws Exception {
    InstanceLock.take(file).orElseThrow().close();
    Process looker = start(Looker.class);
    try {
      for (int i = 0; i < 2_000; i++) {
        Optional<InstanceLock> lock = InstanceLock.take(file);
        assertThat(lock).as("try %d", i).isPresent();
        lock.get().close();
      }
    } finally {
      looker.destroyForcibly().waitFor();
    }
  }

  @Test
  void take_whenFree_keepsOtherProcessesOut() throws Exception {
    try (InstanceLock lock = InstanceLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(otherProcessTakesIt()).isFalse();
    }
    assertThat(otherProcessTakesIt()).isTrue();
  }

  @Test
  void take_whenThisProcessHasIt_isEmptyAndLetsGoOfNothing() throws Exception {
    try (InstanceLock lock = InstanceLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();

      Optional<InstanceLock> second = InstanceLock.take(folder.resolve("./house.lock"));

      assertThat(second).isEmpty();
      assertThat(otherProcessTakesIt()).isFalse();
    }
  }

  @Test
  void close_letsAnotherHaveItAndMayBeDoneTwice() throws Exception {
    InstanceLock first = InstanceLock.take(file).orElseThrow();
    first.close();
    try (InstanceLock second = InstanceLock.take(file).orElseThrow()) {
      first.close();

      assertThat(second).isNotNull();
      assertThat(InstanceLock.take(file)).isEmpty();
      assertThat(otherProcessTakesIt()).isFalse();
    }
  }

  @Test
  void take_whenTheFileCannotBeMade_saysSoEachTime() {
    Path nowhere = folder.resolve("missing/house.lock");

    assertThatThrownBy(() -> InstanceLock.take(nowhere)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> InstanceLock.take(nowhere)).isInstanceOf(IOException.class);
  }

  @Test
  void take_afterTheFileWasDeleted_works() throws Exception {
    InstanceLock.take(file).orElseThrow().close();
    Files.delete(file);

    InstanceLock.take(file).orElseThrow().close();
  }

  @Test
  void isHeld_whileSomebodyHasIt() throws Exception {
    try (InstanceLock lock = InstanceLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(InstanceLock.isHeld(file)).isTrue();
      assertThat(otherProcessTakesIt()).as("asking lets go of nothing").isFalse();
    }

    assertThat(InstanceLock.isHeld(file)).isFalse();
  }

  @Test
  void isHeld_whereNobodyEverTookIt_makesNoFile() throws Exception {
    assertThat(InstanceLock.isHeld(file)).isFalse();
    assertThat(file).doesNotExist();
  }

  private boolean otherProcessTakesIt() throws Exception {
    Process process = start(OtherProcess.class);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isIn(0, 7);
    return process.exitValue() == 0;
  }

  private Process start(Class<?> program) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            file.toString())
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
