package org.tributary.edge.doctor;

/** What a check is about; of a problem it decides the exit code. */
public enum Area {
  CONFIGURATION,
  LOCAL_DATABASE,
  REMOTE,
  CLOCK,
  MACHINE
}
