package org.tributary.edge.page;

import java.util.List;

/**
 * One of the page's three checks: a shape, what it is about, and in a few words how it is.
 *
 * @param details what stands below
 */
record Check(Shape shape, String name, String words, List<Html> details) {

  Check {
    details = List.copyOf(details);
  }

  Html html() {
    return Html.of(
        """
        <section class="check"><h2>%s %s <small>%s</small></h2>
        %s
        </section>""",
        shape.drawn(), name, words, Html.all(details));
  }
}
