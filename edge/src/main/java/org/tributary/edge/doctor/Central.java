package org.tributary.edge.doctor;

import java.io.IOException;
import java.util.Optional;
import org.tributary.wire.GatewayStatus;

/** A remote, asked only what changes nothing there. */
public interface Central {

  /** Whatever answers, be it a central of ours or not. */
  HealthAnswer health() throws IOException;

  /** What central knows of this gateway; empty if it never greeted. */
  Optional<GatewayStatus> gateway() throws IOException;

  /** What a push would be told about this gateway's name; it is not taken. */
  NameAnswer name() throws IOException;

  /** How many sensor types its REST interface shows, if it has one that a push would use. */
  Optional<Integer> restSensorTypes();
}
