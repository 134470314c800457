package org.tributary.edge.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a push may write its few files, beside the configuration. */
public record PushFolderCheck(Path folder) implements Check {

  @Override
  public String name() {
    return "push's folder";
  }

  @Override
  public List<Finding> look() {
    return List.of(finding());
  }

  private Finding finding() {
    if (Files.isDirectory(folder)) {
      return Files.isWritable(folder) ? Finding.ok(folder + " is writable") : notWritable(folder);
    }
    if (Files.exists(folder)) {
      return Finding.problem(
          folder + " is a file", "a push keeps its lock in a folder of that name");
    }
    Path parent = folder.getParent();
    return parent != null && Files.isWritable(parent)
        ? Finding.ok(folder + " is made by the first push")
        : notWritable(parent == null ? folder : parent);
  }

  private static Finding notWritable(Path place) {
    return Finding.problem(
        "this user may not write in " + place,
        "give that folder to the user who pushes (chown), or keep the configuration elsewhere");
  }
}
