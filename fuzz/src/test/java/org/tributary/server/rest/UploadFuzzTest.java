package org.tributary.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Timeout;
import org.tributary.fuzz.Memory;
import org.tributary.server.http.Room;
import org.tributary.wire.TooLargeException;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestJson;

/** The body of a bulk upload, packed as it may be. */
@Timeout(10)
class UploadFuzzTest {

  private static final long ROOM = 8 << 20;

  @FuzzTest
  void open_ofAnything_givesObjectsWithinTheRoomOrRefusesIt(byte[] body) throws IOException {
    Room room = new Room(ROOM);
    try {
      assertThat(Memory.within(256, () -> objects(body, room))).isNotNegative();
    } catch (NotNowException | ZipException | EOFException again) {
      // The gateway keeps its rows.
    } catch (WireFormatException | TooLargeException refused) {
      // Nothing that a gateway sends.
    }
    try (Room.Share all = room.share()) {
      assertThat(all.take(ROOM)).as("everything was given back").isTrue();
    }
  }

  private static int objects(byte[] body, Room room) throws IOException {
    int objects = 0;
    try (Room.Share share = room.share();
        InputStream plain = UploadBody.open(new ByteArrayInputStream(body), share);
        RestJson.Reader reader = new RestJson.Reader(plain, Integer.MAX_VALUE)) {
      while (reader.next() != null) {
        objects++;
      }
    }
    return objects;
  }
}
