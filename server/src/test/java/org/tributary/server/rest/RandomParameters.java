package org.tributary.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tributary.server.http.Request.Parameter;
import org.tributary.wire.rest.RestTable;

/** Parameters as clients send them by design, by mistake and on purpose. */
final class RandomParameters {

  private static final String[] HOSTILE = {
    "' OR '1'='1",
    "\"; DROP TABLE House; --",
    "1; SELECT pg_sleep(5)",
    "`id`",
    "id) OR (1=1",
    "/*",
    "--",
    "\\",
    "\\'",
    "%",
    "_",
    "!",
    "!%",
    "?",
    "??",
    "${q}",
    "\u0000",
    "\ud800",
    "😀",
    "É",
    "((((",
    "))))",
    "id,id",
    "NULL",
    "None",
    "none",
    "*",
    "**",
    "a*",
    "le_",
    "lt_",
    "ge_",
    "gt_",
    "ge_*",
    "le_None",
    "ge_ge_1",
    "-1",
    "0",
    "1",
    "4abc",
    "1e400",
    "NaN",
    "9223372036854775808",
    "2013-01-02",
    "2013-01-02T00:00:00",
    "1 Aug 2015",
    "2013-02-30",
    "+999999999-01-01",
    "true",
    "UNION SELECT password FROM User",
    "x' || 'y",
    "0x1p3",
    "",
    " ",
    "+",
    "-",
    "\n",
    "\t",
    "sort(+id)",
    "sort(id",
    "callback",
    "__table__",
    "tributary_gateway",
    "rowid",
    "ctid"
  };

  private final Random random;
  private final RestTable table;

  RandomParameters(Random random, RestTable table) {
    this.random = random;
    this.table = table;
  }

  List<Parameter> next() {
    List<Parameter> parameters = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      parameters.add(new Parameter(name(), value()));
    }
    return parameters;
  }

  private String name() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4, 5, 6 -> column();
      case 7, 8 -> "sort(" + sign() + column() + ")";
      case 9 -> "sort(" + sign() + column() + "," + sign() + any() + ")";
      case 10 -> "callback";
      default -> any();
    };
  }

  private String value() {
    return switch (random.nextInt(4)) {
      case 0 -> any();
      case 1 -> new String[] {"le_", "lt_", "ge_", "gt_"}[random.nextInt(4)] + any();
      case 2 -> Integer.toString(random.nextInt(20) - 5);
      default -> any() + any();
    };
  }

  private String column() {
    return table.columns().get(random.nextInt(table.columns().size())).name();
  }

  private String sign() {
    return new String[] {"+", "-", " ", ""}[random.nextInt(4)];
  }

  private String any() {
    if (random.nextInt(3) > 0) {
      return HOSTILE[random.nextInt(HOSTILE.length)];
    }
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append((char) (random.nextInt(10) == 0 ? random.nextInt(0xD800) : random.nextInt(128)));
    }
    return text.toString();
  }
}
