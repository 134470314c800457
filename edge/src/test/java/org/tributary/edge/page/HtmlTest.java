package org.tributary.edge.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void of_escapesEverythingButPieces() {
    assertThat(Html.of("<p title=\"%s\">%s</p>", "a\"'&<>\u0000b", Html.of("<b>%s</b>", "%s")))
        .isEqualTo(new Html("<p title=\"a&quot;&#39;&amp;&lt;&gt; b\"><b>%s</b></p>"));
  }

  @Test
  void foreign_isolatesItsDirectionAndIsCutBetweenCharacters() {
    assertThat(Html.foreign("שלום", 10)).isEqualTo(new Html("<bdi>שלום</bdi>"));
    assertThat(Html.foreign("😀😀😀", 2)).isEqualTo(new Html("<bdi>😀😀…</bdi>"));
  }
}
