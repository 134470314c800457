package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Plays rounds: sets a stage where there is none, does the harm, calls the judge. A stage on which
 * something was lost is not used again.
 */
final class Rounds implements AutoCloseable {

  /** Rows that a stage gathers before a new one is quicker than comparing them all. */
  private static final int MOST_ROWS = 30_000;

  private final Path folder;
  private final long seed;
  private final Map<Scene, Stage> stages = new EnumMap<>(Scene.class);
  private int set;

  /**
   * Rounds in a folder.
   *
   * @param seed the same makes the same rounds again
   */
  Rounds(Path folder, long seed) {
    this.folder = folder;
    this.seed = seed;
  }

  /** One round. */
  void play(Fault fault, int round) throws Exception {
    long its = fault.seedOf(seed, round);
    for (Scene other : Scene.values()) {
      if (other != fault.scene() && other != Scene.COMMON) {
        end(other, true); // a database server takes room
      }
    }
    Stage stage = stage(fault.scene(), its);
    boolean isWell = false;
    try {
      if (fault.scene().serves() && !stage.gatewayRuns()) {
        Judge.begin(stage);
      }
      fault.act().round(stage, new Random(its), round);
      Judge.judge(stage);
      isWell = true;
    } finally {
      if (!isWell || !fault.scene().serves() || stage.oracle().size() > MOST_ROWS) {
        end(fault.scene(), isWell);
      }
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Scene scene : Scene.values()) {
      if (stages.containsKey(scene)) {
        end(scene, true);
      }
    }
  }

  private Stage stage(Scene scene, long its) throws Exception {
    Stage stage = stages.get(scene);
    if (stage == null) {
      stage = scene.set(folder.resolve("stage-" + ++set), its);
      stages.put(scene, stage);
    }
    return stage;
  }

  /** What is left of a stage where something was lost is kept. */
  private void end(Scene scene, boolean isWell) throws IOException, SQLException {
    Stage stage = stages.remove(scene);
    if (stage == null) {
      return;
    }
    stage.close();
    if (isWell) {
      try (Stream<Path> files = Files.walk(stage.folder())) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
