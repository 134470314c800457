package org.tributary.wire;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Things numbered from 0, put together by the group that each belongs to: the rows of each series,
 * the frames of each node. Within a group they keep their order.
 */
final class Groups {

  private final int[] begins; // one more than there are groups
  private final int[] members;

  private Groups(int[] begins, int[] members) {
    this.begins = begins;
    this.members = members;
  }

  /**
   * @param groupOf for each thing the number of its group
   */
  static Groups of(int[] groupOf, int groups) {
    int[] begins = new int[groups + 1];
    for (int group : groupOf) {
      begins[group + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      begins[group + 1] += begins[group];
    }
    int[] next = begins.clone();
    int[] members = new int[groupOf.length];
    for (int i = 0; i < groupOf.length; i++) {
      members[next[groupOf[i]]++] = i;
    }
    return new Groups(begins, members);
  }

  /** The same groups, but without some of their members. */
  Groups without(BitSet gone) {
    if (gone.isEmpty()) {
      return this;
    }
    int[] keptBegins = new int[begins.length];
    int[] kept = new int[members.length];
    int count = 0;
    for (int group = 0; group < count(); group++) {
      for (int i = begin(group); i < end(group); i++) {
        if (!gone.get(members[i])) {
          kept[count++] = members[i];
        }
      }
      keptBegins[group + 1] = count;
    }
    return new Groups(keptBegins, Arrays.copyOf(kept, count));
  }

  /** How many groups there are. */
  int count() {
    return begins.length - 1;
  }

  /** How many members all groups have together. */
  int members() {
    return members.length;
  }

  /** Index of a group's first member. */
  int begin(int group) {
    return begins[group];
  }

  /** Index behind a group's last member. */
  int end(int group) {
    return begins[group + 1];
  }

  /** The member at an index; members stand group by group. */
  int member(int index) {
    return members[index];
  }
}
