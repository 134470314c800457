package org.tributary.testbed.disk;

import java.util.Random;

/** What a name in a folder stands for. */
sealed interface DiskNode permits DiskFile, DiskFolder {

  /** Leaves what outlives a power cut. */
  void crash(Random random);
}
