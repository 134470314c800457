package org.tributary.edge.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;

/** Whether the local database can be opened and read. */
public record DatabaseCheck(SourceDatabase database) implements Check {

  @Override
  public String name() {
    return "local database";
  }

  @Override
  public List<Finding> look() {
    return List.of(database.url().file().flatMap(DatabaseCheck::wrongFile).orElseGet(this::open));
  }

  private static Optional<Finding> wrongFile(Path file) {
    if (Files.notExists(file)) {
      return Optional.of(
          Finding.problem(
              "there is no file " + file, "is localurl right? The logger makes the file"));
    }
    if (Files.isDirectory(file)) {
      return Optional.of(
          Finding.problem(file + " is a folder", "localurl must name the file in it"));
    }
    if (!Files.isReadable(file)) {
      return Optional.of(
          Finding.problem(
              "this user may not read " + file,
              "push as the logger's user, or add yours to the file's group"));
    }
    return Optional.empty();
  }

  private Finding open() {
    try {
      database.missing();
      return Finding.ok(database.url().printable() + " can be read");
    } catch (StoreException e) {
      return Finding.problem(String.valueOf(e.getMessage()), advice(e));
    }
  }

  private String advice(StoreException failure) {
    boolean file = database.url().file().isPresent();
    return switch (failure.trouble()) {
      case CORRUPT -> "is localurl right? If it is, restore the file from a copy";
      case UNAVAILABLE ->
          file
              ? "if it has a write-ahead log, its folder must be writable for the push"
              : "start it, or mend host and port in localurl";
      case DENIED -> "mend user, password and the database's name in localurl";
      case CONFLICT -> "look which program keeps it locked";
      case READ_ONLY, FULL, MISSING, DATA, OTHER -> "look into the database's own log";
    };
  }
}
