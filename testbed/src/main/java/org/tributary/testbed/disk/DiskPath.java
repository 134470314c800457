package org.tributary.testbed.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path on a {@link Disk}; this machine's own paths know how paths are joined. */
final class DiskPath implements Path {

  private final DiskFileSystem fileSystem;
  private final Path path;

  DiskPath(DiskFileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  private @Nullable Path of(@Nullable Path its) {
    return its == null ? null : new DiskPath(fileSystem, its);
  }

  private Path its(Path its) {
    return new DiskPath(fileSystem, its);
  }

  private static Path own(Path other) {
    if (other instanceof DiskPath its) {
      return its.path;
    }
    throw new ProviderMismatchException();
  }

  @Override
  public FileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return path.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return of(path.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return of(path.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return of(path.getParent());
  }

  @Override
  public int getNameCount() {
    return path.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return its(path.getName(index));
  }

  @Override
  public Path subpath(int beginIndex, int endIndex) {
    return its(path.subpath(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof DiskPath its && path.startsWith(its.path);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof DiskPath its && path.endsWith(its.path);
  }

  @Override
  public Path normalize() {
    return its(path.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return its(path.resolve(own(other)));
  }

  @Override
  public Path relativize(Path other) {
    return its(path.relativize(own(other)));
  }

  @Override
  public URI toUri() {
    return URI.create(DiskProvider.SCHEME + ":" + toAbsolutePath());
  }

  @Override
  public Path toAbsolutePath() {
    return isAbsolute() ? this : its(Path.of("/").resolve(path));
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    Path real = toAbsolutePath().normalize();
    if (!((DiskProvider) fileSystem.provider()).isThere(real)) {
      throw new NoSuchFileException(toString());
    }
    return real;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return path.compareTo(own(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DiskPath its
        && fileSystem.equals(its.fileSystem)
        && path.equals(its.path);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fileSystem, path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
