package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {

  @TempDir Path folder;

  @Test
  void isHeld_whileSomebodyHasIt() throws Exception {
    Path file = folder.resolve("push.lock");
    try (InstanceLock lock = InstanceLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(InstanceLock.isHeld(file)).isTrue();
    }

    assertThat(InstanceLock.isHeld(file)).isFalse();
  }

  @Test
  void isHeld_whereNobodyEverTookIt_makesNoFile() throws Exception {
    Path file = folder.resolve("push.lock");

    assertThat(InstanceLock.isHeld(file)).isFalse();
    assertThat(file).doesNotExist();
  }
}
