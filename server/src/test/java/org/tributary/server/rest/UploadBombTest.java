package org.tributary.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.tributary.server.http.Room;
import org.tributary.wire.TooLargeException;

/** S8: 10 MB that unpack to 10 GB. */
class UploadBombTest {

  static final int PACKED = 10 << 20;
  static final long ALLOWED = 16L << 20;

  @Test
  void open_ofABomb_endsBeforeItTakesMemory() throws Exception {
    byte[] bomb = bomb();
    long before = allocated();

    assertThatThrownBy(
            () -> {
              try (Room.Share share = new Room(1L << 40).share();
                  InputStream body = UploadBody.open(new ByteArrayInputStream(bomb), share)) {
                body.transferTo(OutputStream.nullOutputStream());
              }
            })
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("200 times its size");

    assertThat(allocated() - before).isLessThan(ALLOWED);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Blanks in one list, a megabyte in each kilobyte. */
  private static byte[] bomb() throws Exception {
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    ByteArrayOutputStream out = new ByteArrayOutputStream(PACKED + (1 << 16));
    DeflaterOutputStream packing = new DeflaterOutputStream(out, new Deflater(9), 1 << 16, true);
    packing.write("[".getBytes(StandardCharsets.US_ASCII));
    packing.write(blanks);
    packing.flush();
    int first = out.size();
    packing.write(blanks);
    packing.flush();
    byte[] megabyte = Arrays.copyOfRange(out.toByteArray(), first, out.size());
    while (out.size() < PACKED) {
      out.write(megabyte);
    }
    return out.toByteArray();
  }
}
