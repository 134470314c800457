package org.tributary.edge.direct;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tributary.store.disk.Folders;
import org.tributary.store.disk.WholeFile;

/**
 * What is remembered of a remote that keeps no books of ours, beside the configuration: a line that
 * says of which database it is, then what that database's {@code keepsake} says. May be deleted at
 * any time; then everything is matched anew.
 *
 * @param owner of which database and which gateway it is
 */
record KeptFile(Path path, String owner) {

  /** What it says; nothing if it is missing, can't be read or is of another database. */
  List<String> read() {
    try {
      List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
      return lines.isEmpty() || !lines.get(0).equals(owner)
          ? List.of()
          : lines.subList(1, lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Writes it; it is on the disk when this returns. */
  void write(List<String> lines) throws IOException {
    StringBuilder all = new StringBuilder(owner).append('\n');
    lines.forEach(line -> all.append(line).append('\n'));
    Folders.create(Folders.of(path));
    WholeFile.write(path, all.toString());
  }
}
