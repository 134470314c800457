package org.tributary.testbed.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import org.tributary.testbed.disk.Disk.Operation;

/** An open file of a {@link Disk}, or a folder that is to be forced. */
final class DiskChannel extends FileChannel {

  private final Disk disk;
  private final String name;
  private final DiskNode node;
  private final boolean writes;
  private final boolean appends;
  private long position;

  DiskChannel(Disk disk, String name, DiskNode node, boolean writes, boolean appends) {
    this.disk = disk;
    this.name = name;
    this.node = node;
    this.writes = writes;
    this.appends = appends;
  }

  private DiskFile file() throws IOException {
    if (node instanceof DiskFile file) {
      return file;
    }
    throw new FileSystemException(name, null, "Is a directory");
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (writes) {
      throw new NonReadableChannelException();
    }
    int count = read(into, position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public int read(ByteBuffer into, long at) throws IOException {
    disk.meet(Operation.READ, name);
    byte[] bytes = new byte[into.remaining()];
    int count = file().read((int) at, bytes, 0, bytes.length);
    if (count > 0) {
      into.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (appends) {
      position = size();
    }
    int count = write(from, position);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from, long at) throws IOException {
    if (!writes) {
      throw new NonWritableChannelException();
    }
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    try {
      disk.meet(Operation.WRITE, name);
    } catch (IOException e) {
      file().write((int) at, Arrays.copyOf(bytes, bytes.length / 2));
      throw e;
    }
    file().write((int) at, bytes);
    return bytes.length;
  }

  @Override
  public FileChannel truncate(long length) throws IOException {
    disk.meet(Operation.TRUNCATE, name);
    file().truncate((int) length);
    position = Math.min(position, length);
    return this;
  }

  @Override
  public void force(boolean withAttributes) throws IOException {
    try {
      disk.meet(Operation.FORCE, name);
    } catch (IOException e) {
      if (node instanceof DiskFile file) {
        file.loseWhatIsPending();
      }
      throw e;
    }
    if (node instanceof DiskFile file) {
      file.force();
    } else if (node instanceof DiskFolder folder) {
      folder.force();
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    if (writes) {
      disk.meet(Operation.CLOSE, name);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long fresh) {
    position = fresh;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file().length();
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long at, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long at, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long at, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long at, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
