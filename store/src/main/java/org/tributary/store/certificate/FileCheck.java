package org.tributary.store.certificate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tributary.store.export.NodeOnDay;
import org.tributary.store.export.ReadBack;
import org.tributary.wire.Digest;
import org.tributary.wire.WireFormatException;

/**
 * Holds a file of readings against a certificate. The order of its lines does not matter: each
 * node's day is counted and digested anew. Immutable.
 *
 * @param read what was found in the file
 * @param differing the days that are not what the certificate says
 * @param toTheByte whether it is the very file that the certificate speaks of
 */
public record FileCheck(ReadBack read, List<DifferentDay> differing, boolean toTheByte) {

  public FileCheck {
    requireNonNull(read);
    differing = List.copyOf(differing);
  }

  /**
   * A day that is another one in the file.
   *
   * @param certified how many readings there should be
   * @param found how many there are; as many if only their contents differ
   */
  public record DifferentDay(NodeOnDay day, long certified, long found) {
    public DifferentDay {
      requireNonNull(day);
    }
  }

  /**
   * Reads a file.
   *
   * @throws WireFormatException if it is no file of readings at all
   */
  public static FileCheck of(Certified certified, InputStream csv) throws IOException {
    ReadBack read = ReadBack.of(csv, certified.names());
    SortedSet<NodeOnDay> all = new TreeSet<>(certified.days().keySet());
    all.addAll(read.days().keySet());
    List<DifferentDay> differing = new ArrayList<>();
    for (NodeOnDay day : all) {
      Digest expected = certified.days().getOrDefault(day, Digest.NONE);
      Digest found = read.days().getOrDefault(day, Digest.NONE);
      if (!expected.equals(found)) {
        differing.add(new DifferentDay(day, expected.rows(), found.rows()));
      }
    }
    return new FileCheck(read, differing, read.file().equals(certified.export()));
  }

  /** Whether the file holds what the certificate speaks of, and nothing else. */
  public boolean isSame() {
    return differing.isEmpty() && read.faulty() == 0;
  }
}
