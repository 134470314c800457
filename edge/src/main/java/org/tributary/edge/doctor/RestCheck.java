package org.tributary.edge.doctor;

import java.util.List;

/** Whether a server of the documented REST interface answers. Does not make the gateway known. */
public record RestCheck(Central central, String address) implements Check {

  @Override
  public String name() {
    return "greeting";
  }

  @Override
  public List<Finding> look() {
    return List.of(
        central
            .restSensorTypes()
            .map(RestCheck::speaks)
            .orElseGet(
                () ->
                    Finding.problem(
                        "no server of the REST interface: it shows no list of sensor types",
                        "open %ssensortype/ in a browser: it should show JSON; is resturl right, up"
                                .formatted(address)
                            + " to /rest/?")));
  }

  static Finding speaks(int sensorTypes) {
    return Finding.ok(
        "a server of the REST interface, with %d sensor types; it can't prove that rows arrived"
            .formatted(sensorTypes));
  }
}
