package org.tributary.testbed.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What can be asked of a file without opening it; times are not kept. */
record DiskAttributes(DiskNode node) implements BasicFileAttributes {

  private static final FileTime NEVER = FileTime.fromMillis(0);

  @Override
  public boolean isRegularFile() {
    return node instanceof DiskFile;
  }

  @Override
  public boolean isDirectory() {
    return node instanceof DiskFolder;
  }

  @Override
  public long size() {
    return node instanceof DiskFile file ? file.length() : 0;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public @Nullable Object fileKey() {
    return null;
  }

  @Override
  public FileTime lastModifiedTime() {
    return NEVER;
  }

  @Override
  public FileTime lastAccessTime() {
    return NEVER;
  }

  @Override
  public FileTime creationTime() {
    return NEVER;
  }
}
