package org.tributary.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {

  static final Check WELL = new Fake("well", Finding.ok("fine"));
  static final Check ILL = new Fake("ill", Finding.problem("broken", "mend it"));
  static final Check WARNED = new Fake("warned", Finding.warning("odd", "look"));
  static final Check BEHIND = new Fake("behind", Finding.ok("fine"));
  static final Check FAR_BEHIND = new Fake("far behind", Finding.ok("fine"));

  final List<Examined> heard = new ArrayList<>();

  @Test
  void examine_afterAProblem_stillMakesTheOtherChecks() {
    new Doctor(List.of(step(ILL), step(WELL))).examine(heard::add);

    assertThat(heard).extracting(Examined::check).containsExactly("ill", "well");
    assertThat(heard.get(1).has(Level.OK)).isTrue();
  }

  @Test
  void examine_whatNeedsABrokenThing_isNotCheckedAndNamesTheFirstCause() {
    new Doctor(List.of(step(ILL), step(BEHIND, ILL), step(FAR_BEHIND, BEHIND))).examine(heard::add);

    assertThat(heard.get(1).findings())
        .containsExactly(new Finding(Level.NOT_CHECKED, "because of ill", ""));
    assertThat(heard.get(2).findings())
        .containsExactly(new Finding(Level.NOT_CHECKED, "because of ill", ""));
  }

  @Test
  void examine_whatNeedsAThingWithAWarning_isChecked() {
    new Doctor(List.of(step(WARNED), step(BEHIND, WARNED))).examine(heard::add);

    assertThat(heard.get(1).has(Level.OK)).isTrue();
  }

  @Test
  void examine_whenACheckHasADefect_saysSoAndGoesOn() {
    Check defect =
        new Check() {
          @Override
          public String name() {
            return "defect";
          }

          @Override
          public List<Finding> look() {
            throw new IllegalStateException("ouch");
          }
        };

    new Doctor(List.of(step(defect), step(WELL))).examine(heard::add);

    assertThat(heard.get(0).has(Level.PROBLEM)).isTrue();
    assertThat(heard.get(1).has(Level.OK)).isTrue();
  }

  private static Step step(Check check, Check... needs) {
    return new Step("Section", Area.MACHINE, check, List.of(needs));
  }

  private record Fake(String name, Finding finding) implements Check {
    @Override
    public List<Finding> look() {
      return List.of(finding);
    }
  }
}
