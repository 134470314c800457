package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagenCommandTest {

  @TempDir Path folder;
  Path file;
  String db;

  @BeforeEach
  void name() {
    file = folder.resolve("gateway.db");
    db = "sqlite:///" + file;
  }

  @Test
  void datagen_withSamples_addsThemAndEnds() throws Exception {
    CommandRun run = CommandRun.of("datagen", "--db", db, "--gap", "20ms", "--samples", "3");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).hasSize(3).first().asString().contains("node 37   0");
    assertThat(Sql.ask(file, "SELECT COUNT(*) FROM Reading")).isEqualTo("6");
  }

  @Test
  void datagen_withBulk_addsThatManyAndTellsTheRate() throws Exception {
    CommandRun run = CommandRun.of("datagen", "--db", db, "--bulk", "500", "--gap", "5m");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("1,000 readings and 8 node states").contains("rows a second");
    assertThat(Sql.ask(file, "SELECT COUNT(*) FROM Reading")).isEqualTo("1000");
  }

  @Test
  void datagen_withHouses_fillsThem() throws Exception {
    CommandRun run =
        CommandRun.of("datagen", "--db", db, "--houses", "2", "--nodes", "3", "--days", "1");

    assertThat(run.exit()).isZero();
    assertThat(Sql.ask(file, "SELECT COUNT(*) FROM Node")).isEqualTo("6");

    CommandRun again = CommandRun.of("datagen", "--db", db, "--houses", "1");

    assertThat(again.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(again.err()).contains("has a node 1 already").contains("--first-node");
  }

  @Test
  void datagen_intoSomebodyElsesDatabase_isRefusedAndLeavesItAsItIs() throws Exception {
    Sql.run(file, "CREATE TABLE Reading (time, nodeId, type, value)");

    CommandRun run = CommandRun.of("datagen", "--db", db, "--bulk", "10");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("somebody else's sensor database");
    assertThat(Sql.ask(file, "PRAGMA journal_mode")).isEqualTo("delete");
    assertThat(Sql.ask(file, "SELECT COUNT(*) FROM sqlite_master")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "--days -1, --days takes a number from 1 to 3650",
    "--houses 0, --houses takes a number",
    "--gap 0, --gap takes a time",
    "--gap soon, --gap takes a time",
    "--bulk 0, --bulk takes a number",
    "--samples -3, --samples takes a number",
    "--state-switch 0 --samples 1, --state-switch takes a number",
    "--bulk 5 --days 3, choose one",
    "--bulk 5 --samples 3, --samples is for",
    "--bulk 99999999, beyond the year 2000"
  })
  void datagen_withWrongInput_saysWhatWouldDo(String arguments, String sentence) {
    CommandRun run = CommandRun.of(("datagen --db " + db + " " + arguments).split(" "));

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains(sentence);
    assertThat(file).doesNotExist();
  }
}
