package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small disk of its own, taken down at the end. Needs root. */
final class Mount implements AutoCloseable {

  /** Tried once each. */
  private static final class Tried {
    static final Optional<String> TMPFS = tried(Mount::tryTmpfs);
    static final Optional<String> LOOP = tried(Mount::tryLoop);
  }

  private final Path at;
  private final Optional<Path> image;

  private Mount(Path at, Optional<Path> image) {
    this.at = at;
    this.image = image;
  }

  /** A disk in memory of that many kilobytes. */
  static Mount tmpfs(Path at, int kilobytes) throws IOException {
    Files.createDirectories(at);
    run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", at.toString());
    return new Mount(at, Optional.empty());
  }

  /** A disk in a file. */
  static Mount image(Path at, Path image) throws IOException {
    Files.createDirectories(at);
    run("mount", "-o", "loop", image.toString(), at.toString());
    return new Mount(at, Optional.of(image));
  }

  /** Makes an empty ext4 disk in a file. */
  static Path ext4(Path image, int megabytes) throws IOException {
    run("truncate", "-s", megabytes + "M", image.toString());
    run("mkfs.ext4", "-q", "-F", image.toString());
    return image;
  }

  /** Where it is. */
  Path at() {
    return at;
  }

  /**
   * What the disk in a file holds in this moment, without what only the memory has.
   *
   * @param as the copy; its holes stay holes, so that little changes meanwhile
   */
  Path copy(Path as) throws IOException {
    run("cp", "--sparse=always", image.orElseThrow().toString(), as.toString());
    return as;
  }

  /** Puts a copy in its place; nobody may have anything open on it. */
  Mount exchange(Path copy) throws IOException {
    close();
    Files.delete(image.orElseThrow());
    return image(at, copy);
  }

  void resize(int kilobytes) throws IOException {
    run("mount", "-o", "remount,size=" + kilobytes + "k", at.toString());
  }

  /** Writes down what is only in memory. */
  void settle() throws IOException {
    run("sync", "-f", at.toString());
  }

  /** Fills it up to so many bytes. */
  Path fill(int left) throws IOException {
    Path ballast = at.resolve("ballast");
    long room = at.toFile().getUsableSpace() - left;
    try {
      Files.write(ballast, new byte[(int) Math.max(0, room)]);
    } catch (IOException e) {
      // Somebody else was quicker to take the rest: so it is full.
    }
    return ballast;
  }

  @Override
  public void close() throws IOException {
    run("umount", "-l", at.toString());
  }

  static Optional<String> whyNoTmpfs() {
    return Tried.TMPFS;
  }

  static Optional<String> whyNoLoop() {
    return Tried.LOOP;
  }

  private interface Trial {
    void run(Path folder) throws IOException;
  }

  private static Optional<String> tried(Trial trial) {
    try {
      Path folder = Files.createTempDirectory("mount-");
      trial.run(folder);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void tryTmpfs(Path folder) throws IOException {
    tmpfs(folder, 64).close();
    Files.delete(folder);
  }

  private static void tryLoop(Path folder) throws IOException {
    Path image = ext4(folder.resolve("image"), 4);
    image(folder.resolve("at"), image).close();
    Files.delete(image);
    Files.delete(folder.resolve("at"));
    Files.delete(folder);
  }

  private static void run(String... words) throws IOException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", words) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
