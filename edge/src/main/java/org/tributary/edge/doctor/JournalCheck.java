package org.tributary.edge.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;

/** Whether a SQLite file has a write-ahead log, so that a push never makes its logger wait. */
public record JournalCheck(SourceDatabase database, Path file) implements Check {

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(database.readersBlockWriters() ? without() : with());
    } catch (StoreException e) {
      return List.of(Finding.problem(String.valueOf(e.getMessage()), ""));
    }
  }

  private Finding without() {
    return Finding.warning(
        "no write-ahead log: the logger can't write while a push reads",
        "whoever owns the file runs, once: sqlite3 %s 'PRAGMA journal_mode=WAL'"
            .formatted(inShell(file)));
  }

  private Finding with() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isWritable(folder)) {
      return Finding.warning(
          "a write-ahead log, but this user may not write in " + folder,
          "its readers share a small file there: let the push's user write in that folder");
    }
    return Finding.ok("write-ahead log: a push and the logger never wait for each other");
  }

  private static String inShell(Path path) {
    String text = path.toString();
    return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
