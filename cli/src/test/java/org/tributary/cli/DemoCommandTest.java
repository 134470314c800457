package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir Path folder;

  private CommandRun demo(Path dir) {
    return CommandRun.of("demo", "--once", "--dir", dir.toString(), "--days", "1", "--port", "0");
  }

  @Test
  void demo_once_bringsEveryReadingToCentral() throws Exception {
    Path dir = folder.resolve("demo");

    CommandRun run = demo(dir);

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    long readings =
        Long.parseLong(Sql.ask(dir.resolve("gateway-1.db"), "SELECT COUNT(*) FROM Reading"))
            + Long.parseLong(Sql.ask(dir.resolve("gateway-2.db"), "SELECT COUNT(*) FROM Reading"));
    assertThat(readings).isGreaterThan(10_000);
    assertThat(run.out())
        .contains(
            String.format(
                java.util.Locale.ROOT,
                "%,d of %,d readings verified at central",
                readings,
                readings));
    assertThat(Sql.ask(dir.resolve("central.db"), "SELECT COUNT(*) FROM Reading"))
        .isEqualTo(Long.toString(readings));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void demo_again_replacesTheEarlierOneAndNothingElse() throws Exception {
    Path dir = folder.resolve("demo");
    demo(dir);
    Path notes = Files.writeString(dir.resolve("notes.txt"), "mine");

    CommandRun again = demo(dir);

    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertThat(notes).hasContent("mine");
  }

  @Test
  void demo_inAFolderOfSomebodyElse_refuses() throws Exception {
    Path mine = Files.writeString(folder.resolve("central.db"), "mine");

    CommandRun run = demo(folder);

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("was not made by a demo").contains("--dir");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void demo_withWrongNumbers_refuses() {
    assertThat(CommandRun.of("demo", "--once", "--days", "0").exit())
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(CommandRun.of("demo", "--once", "--port", "70000").exit())
        .isEqualTo(ExitCode.USAGE.number());
  }
}
