package org.tributary.testbed.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.testbed.disk.Disk.Operation;

/**
 * What {@link java.nio.file.Files} asks of a {@link Disk}. It has no links, owners and permissions,
 * and renames within a folder only.
 */
final class DiskProvider extends FileSystemProvider {

  static final String SCHEME = "disk";

  private final Disk disk;

  DiskProvider(Disk disk) {
    this.disk = disk;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  boolean isThere(Path path) {
    return find(path) != null;
  }

  private @Nullable DiskNode find(Path path) {
    DiskNode node = disk.top();
    for (Path name : path.toAbsolutePath().normalize()) {
      if (!(node instanceof DiskFolder folder)) {
        return null;
      }
      node = folder.get(name.toString());
    }
    return node;
  }

  private DiskNode require(Path path) throws NoSuchFileException {
    DiskNode node = find(path);
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  private DiskFolder folderOf(Path path) throws IOException {
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder != null && require(folder) instanceof DiskFolder its) {
      return its;
    }
    throw new NotDirectoryException(path.toString());
  }

  private static String name(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    disk.meet(Operation.OPEN, path.toString());
    DiskNode node = find(path);
    boolean isToBeNew = options.contains(StandardOpenOption.CREATE_NEW);
    if (node != null && isToBeNew) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (node == null) {
      if (!isToBeNew && !options.contains(StandardOpenOption.CREATE)) {
        throw new NoSuchFileException(path.toString());
      }
      node = new DiskFile();
      folderOf(path).put(name(path), node);
    }
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    DiskChannel channel =
        new DiskChannel(
            disk, path.toString(), node, writes, options.contains(StandardOpenOption.APPEND));
    if (writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING) && channel.size() > 0) {
      channel.truncate(0);
    }
    return channel;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    disk.meet(Operation.READ, path.toString());
    if (!(require(path) instanceof DiskFolder folder)) {
      throw new NotDirectoryException(path.toString());
    }
    List<Path> entries = new ArrayList<>();
    for (String name : folder.names()) {
      if (filter.accept(path.resolve(name))) {
        entries.add(path.resolve(name));
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return entries.iterator();
      }

      @Override
      public void close() {
        // nothing was opened
      }
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    if (isThere(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    DiskFolder folder = folderOf(path);
    disk.meet(Operation.MAKE_FOLDER, path.toString());
    folder.put(name(path), new DiskFolder());
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.meet(Operation.DELETE, path.toString());
    if (require(path) instanceof DiskFolder folder && !folder.names().isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    folderOf(path).remove(name(path));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    disk.meet(Operation.MOVE, source.toString());
    List<CopyOption> all = List.of(options);
    DiskNode node = require(source);
    DiskFolder folder = folderOf(source);
    if (!folder.equals(folderOf(target))) {
      throw new UnsupportedOperationException("From one folder into another");
    }
    if (isThere(target)
        && !all.contains(StandardCopyOption.REPLACE_EXISTING)
        && !all.contains(StandardCopyOption.ATOMIC_MOVE)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    folder.rename(name(source), name(target), node);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    require(path);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return require(path).equals(require(other));
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class) {
      throw new UnsupportedOperationException(type.getName());
    }
    return type.cast(new DiskAttributes(require(path)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }
}
