package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** What people write into a gateway's configuration file, and what a dying card makes of it. */
@Timeout(10)
class ConfigFuzzTest {

  private static Path file = Path.of("");

  @BeforeAll
  static void makeFile() throws IOException {
    file = Files.createTempFile("synchronise", ".conf");
  }

  @AfterAll
  static void removeFile() throws IOException {
    Files.deleteIfExists(file);
  }

  @FuzzTest
  void read_ofAnything_givesAConfigurationOrTellsWhatIsWrong(byte[] content) throws IOException {
    Files.write(file, content);
    try {
      EdgeConfig config = EdgeConfig.read(file, Map.of(), Optional.empty());
      assertThat(config.remotes()).isNotEmpty();
    } catch (ConfigException refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }
}
