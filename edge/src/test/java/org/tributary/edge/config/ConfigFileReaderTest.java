package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;

class ConfigFileReaderTest {
  @TempDir Path folder;

  @Test
  void read_findsSectionsAndEntriesWithTheirLines() throws Exception {
    ConfigFile file =
        read(
            """
            # a comment

            [general]
            pushlimit = 10
              \t# another
              synctime=5   # minutes
            [ locations ]  # where to
            "a b" = 1, 2
            """);

    assertThat(file.sections())
        .containsExactly(
            new Section(
                "general", 3, List.of(entry("pushlimit", 4, "10"), entry("synctime", 6, "5"))),
            new Section("locations", 7, List.of(entry("a b", 8, "1", "2"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void read_whicheverSystemEndedTheLines_findsTheSame(String end) throws Exception {
    ConfigFile file = read(String.join(end, "[general]", "", "gateway = ä", "", ""));

    assertThat(file.sections())
        .containsExactly(new Section("general", 1, List.of(entry("gateway", 3, "ä"))));
  }

  @Test
  void read_whenTheFileBeginsWithAByteOrderMark_readsOverIt() throws Exception {
    assertThat(read("\uFEFF[general]\n").section("general")).isPresent();
  }

  @Test
  void read_whenTheLastLineHasNoEnd_readsIt() throws Exception {
    assertThat(read("[general]\nsynctime = 5").sections().get(0).entries())
        .containsExactly(entry("synctime", 2, "5"));
  }

  @Test
  void section_andEntry_areFoundWhicheverTheirCase() throws Exception {
    Section general = read("[General]\nlocalUrl = x\n").section("general").orElseThrow();

    assertThat(general.entry("localurl")).contains(entry("localUrl", 2, "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "canary                  | neither a [section] nor key = value",
        "= canary                | neither a [section] nor key = value",
        "mysql://u:canary@h?a=b  | neither a [section] nor key = value",
        "\"u:canary@h\" = a        | neither a [section] nor key = value",
        "['u:canary@h']          | not the head of a section",
        "; canary                | a comment begins with #",
        "key = \"canary          | key: the quote is not closed",
        "key = 'a' canary        | key: something follows the closing quote",
        "[canary                 | not the head of a section",
        "[a] canary              | not the head of a section",
        "[]                      | not the head of a section",
        "[[canary]]              | a section inside a section",
        "[general]               | section [general] is here again, after line 1",
        "[GENERAL]               | section [GENERAL] is here again, after line 1",
        "synctime = canary       | synctime is here again, after line 2",
        "SyncTime = canary       | SyncTime is here again, after line 2",
        "key = a\u0000b          | control characters",
      })
  void read_whenALineMakesNoSense_namesTheLineWithoutQuotingValues(String line, String why) {
    assertThat(problemsOf("[general]\nsynctime = 5\n" + line + "\n[locations]\n"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(3);
              assertThat(problem.message()).contains(why).doesNotContain("canary");
            });
  }

  @Test
  void read_whenAnEntryStandsBeforeTheFirstSection_saysSo() {
    assertThat(problemsOf("a = 1\n[general]\n"))
        .extracting(Problem::toString)
        .containsExactly(file() + ":1: a stands before the first [section]");
  }

  @Test
  void read_belowAHeaderThatIsRefused_doesNotMistakeEntriesForOthers() {
    assertThat(problemsOf("[[nested]]\na = 1\n[general]\na = 1\n[general]\na = 2\n"))
        .extracting(Problem::line)
        .containsExactly(1, 5);
  }

  @Test
  void read_whenBytesAreNotUtf8_namesTheirLines() throws Exception {
    Files.write(
        file(), "[general]\ngateway = ä\nb = 1\nc = ß\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems())
        .extracting(Problem::toString)
        .containsExactly(
            file() + ":2: not UTF-8; save the file with that encoding",
            file() + ":4: not UTF-8; save the file with that encoding");
  }

  @Test
  void read_whenThereIsNoSuchFile_pointsToTheExample() {
    assertThatThrownBy(() -> new ConfigFileReader(new Problems(file())).read(file()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            file() + ": there is no such file; copy deploy/synchronise.conf.example");
  }

  @Test
  void read_whenTheFileIsAFolder_saysSo() {
    assertThatThrownBy(() -> new ConfigFileReader(new Problems(folder)).read(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it is a folder");
  }

  private ConfigFile read(String text) throws Exception {
    Files.writeString(file(), text);
    Problems problems = new Problems(file());
    ConfigFile found = new ConfigFileReader(problems).read(file());
    problems.throwIfAny();
    return found;
  }

  private List<Problem> problemsOf(String text) {
    return catchThrowableOfType(ConfigException.class, () -> read(text)).problems();
  }

  private List<Problem> problems() throws ConfigException {
    Problems problems = new Problems(file());
    new ConfigFileReader(problems).read(file());
    return catchThrowableOfType(ConfigException.class, problems::throwIfAny).problems();
  }

  private Path file() {
    return folder.resolve("synchronise.conf");
  }

  private static Entry entry(String key, int line, String... values) {
    return new Entry(key, line, List.of(values), false);
  }
}
