package org.tributary.store.certificate;

/** Writes HTML; every text of anybody's is escaped. Not thread-safe. */
final class Html {

  private final StringBuilder out = new StringBuilder();

  /** Adds markup of ours as it is. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Adds a text, whatever stands in it. */
  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element with nothing but a text in it. */
  Html element(String name, String text) {
    return raw("<").raw(name).raw(">").text(text).raw("</").raw(name).raw(">\n");
  }

  /**
   * Begins a table.
   *
   * @param columns the heads; one that begins with {@code #} is of a column of numbers
   */
  Html table(String... columns) {
    raw("<div class=\"scroll\"><table><thead><tr>");
    for (String column : columns) {
      boolean number = column.startsWith("#");
      raw(number ? "<th class=\"n\">" : "<th>").text(number ? column.substring(1) : column);
      raw("</th>");
    }
    return raw("</tr></thead><tbody>\n");
  }

  /**
   * A line of a table.
   *
   * @param kinds a letter a cell: {@code n}umber, {@code t}ime, {@code d}igest, anything else text
   */
  Html row(String kinds, String... cells) {
    raw("<tr>");
    for (int i = 0; i < cells.length; i++) {
      char kind = kinds.charAt(i);
      raw("ntd".indexOf(kind) < 0 ? "<td>" : "<td class=\"" + kind + "\">").text(cells[i]);
      raw("</td>");
    }
    return raw("</tr>\n");
  }

  Html endTable() {
    return raw("</tbody></table></div>\n");
  }

  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.chars()
        .forEach(
            each -> {
              switch (each) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append((char) each);
              }
            });
    return safe.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
