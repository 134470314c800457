package org.tributary.store.upgrade;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has and the sum of their hashes: the same before and after, whatever the
 * order.
 */
record Figure(long rows, long sum) {

  private static final int ROWS_AT_A_TIME = 10_000;

  /** Adds up a table, in the columns that are asked for, each an expression. */
  static Figure of(
      Connection connection, String table, List<String> columns, String where, boolean distinct)
      throws SQLException {
    String sql =
        "SELECT %s%s FROM %s%s"
            .formatted(
                distinct ? "DISTINCT " : "",
                String.join(", ", columns),
                table,
                where.isEmpty() ? "" : " WHERE " + where);
    MessageDigest hash = sha256();
    long rows = 0;
    long sum = 0;
    // Prepared, because MariaDB rounds a FLOAT that is sent as text.
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet found = select.executeQuery()) {
        StringBuilder row = new StringBuilder();
        while (found.next()) {
          row.setLength(0);
          for (int i = 1; i <= columns.size(); i++) {
            append(row, found.getObject(i));
          }
          byte[] digest = hash.digest(row.toString().getBytes(StandardCharsets.UTF_8));
          long first = 0;
          for (int i = 0; i < Long.BYTES; i++) {
            first = first << 8 | (digest[i] & 0xFF);
          }
          rows++;
          sum += first;
        }
      }
    }
    return new Figure(rows, sum);
  }

  private static void append(StringBuilder row, @Nullable Object value) {
    if (value == null) {
      row.append("n;");
      return;
    }
    String text;
    if (value instanceof byte[] bytes) {
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    } else if (value instanceof Double number) {
      text = Double.toString(number + 0.0); // one zero
    } else if (value instanceof Float number) {
      text = Float.toString(number + 0.0f);
    } else {
      text = value.toString();
    }
    row.append(value instanceof String ? 't' : 'v').append(text.length()).append(':').append(text);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has it", e);
    }
  }
}
