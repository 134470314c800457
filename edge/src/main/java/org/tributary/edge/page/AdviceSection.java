package org.tributary.edge.page;

import java.util.ArrayList;
import java.util.List;
import org.tributary.edge.doctor.Finding;
import org.tributary.edge.words.TimeWords;
import org.tributary.store.Counted;

/** What the doctor advises. */
final class AdviceSection {

  private static final int MOST = 12;

  private AdviceSection() {}

  static Html of(Look look) {
    if (look.checkup().isEmpty()) {
      return section("is being asked; its advice is here in a moment", List.of());
    }
    Checkup checkup = look.checkup().get();
    List<Checkup.Advice> advice = checkup.advice();
    String when = TimeWords.ago(checkup.at(), look.at());
    if (advice.isEmpty()) {
      return section(
          "%s, all well, %s".formatted(Counted.of(checkup.checks().size(), "check"), when),
          List.of());
    }
    List<Html> items = new ArrayList<>();
    advice.stream().limit(MOST).forEach(each -> items.add(item(each)));
    return section(
        "%s, %s worth a look, %s"
            .formatted(
                Counted.of(checkup.checks().size(), "check"),
                Counted.of(advice.size(), "thing"),
                when),
        items);
  }

  private static Html section(String words, List<Html> items) {
    return Html.of(
        """
        <section class="check"><h2>Doctor <small>%s</small></h2>
        %s
        </section>""",
        words,
        items.isEmpty() ? Html.NONE : Html.of("<ul class=\"advice\">%s</ul>", Html.all(items)));
  }

  private static Html item(Checkup.Advice advice) {
    Finding finding = advice.finding();
    return Html.of(
        "<li>%s<div><b>%s</b> %s: %s%s</div>",
        Shape.of(finding.level()).drawn(),
        finding.level().words(),
        Html.foreign(advice.where(), 60),
        Html.foreign(finding.what()),
        finding.advice().isBlank()
            ? Html.NONE
            : Html.of("<p class=\"todo\">%s</p>", Html.foreign(finding.advice())));
  }
}
