package org.tributary.edge.direct;

import java.io.IOException;
import java.util.List;
import org.tributary.store.direct.RemoteDatabase;

/**
 * Remembers, in a file, the books that go with a connection, for the next one. Where the books stay
 * in the database nothing is remembered here. Not thread-safe.
 */
final class Remembrance {

  private final KeptFile file;
  private List<String> remembered = List.of();
  private boolean unsaved;

  Remembrance(KeptFile file) {
    this.file = file;
  }

  /** What a new connection is to begin with. */
  List<String> recalled() {
    remembered = file.read();
    unsaved = remembered.isEmpty();
    return remembered;
  }

  /** What was matched is not what the file says any more. */
  void changed() {
    unsaved = true;
  }

  /** Keeps when we greeted last. */
  void greeted(RemoteDatabase remote) throws IOException {
    if (!remote.keepsBooks() && !unsaved) {
      remembered = remote.withContact(remembered);
      file.write(remembered);
    }
  }

  /** Keeps what was matched, if it is not kept yet. */
  void save(RemoteDatabase remote) throws IOException {
    if (!remote.keepsBooks() && unsaved) {
      remembered = remote.keepsake();
      file.write(remembered);
      unsaved = false;
    }
  }
}
