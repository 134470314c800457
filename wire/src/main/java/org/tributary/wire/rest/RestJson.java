package org.tributary.wire.rest;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.TooLargeException;
import org.tributary.wire.WireFormatException;

/**
 * The REST interface's JSON, read and written as a stream: one object at a time is in memory. The
 * only class of this room that knows the JSON library.
 */
public final class RestJson {

  /** Rows are flat, but one with something nested must not hold back its neighbours in a body. */
  private static final int MAX_DEPTH = 500;

  /** Whoever reads bounds the whole body; what is too long for a column is told by its column. */
  private static final int MAX_TEXT = 64 << 20;

  /** No number of ours has more, and turning longer ones into numbers takes long. */
  private static final int MAX_DIGITS = 400;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNumberLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .build())
          // Python's json module writes NaN and Infinity so; the row is told from its neighbours
          // and set aside, where a stricter reader would have to refuse all of them.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private RestJson() {}

  /**
   * Any value by itself: Map, List, Instant, number, text, boolean or null. What is not finite is
   * written as null.
   */
  public static byte[] bytes(@Nullable Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (Writer writer = new Writer(out)) {
      writer.value(value);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  /**
   * A body that is one text.
   *
   * @return empty if it is null
   * @throws WireFormatException if it is anything else
   */
  public static Optional<String> readText(byte[] body) throws IOException {
    try (JsonParser parser = FACTORY.createParser(body)) {
      JsonToken token = parser.nextToken();
      Optional<String> text =
          token == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
      boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL;
      if (!isText || parser.nextToken() != null) {
        throw new WireFormatException("The body should be a JSON text or null");
      }
      return text;
    } catch (IOException e) {
      throw told(e);
    }
  }

  /** What keeps a body from being read: a fault of the body, where it is one. */
  private static IOException told(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return new TooLargeException("The body goes too deep or has too long a text");
    }
    if (e instanceof JsonProcessingException fault) {
      return new WireFormatException("The body is no JSON: " + fault.getOriginalMessage(), e);
    }
    return e instanceof CharConversionException
        ? new WireFormatException("The body is no JSON: it is not written in UTF-8", e)
        : e;
  }

  /**
   * Reads one object or a list of them, one by one. Not thread-safe.
   *
   * <p>Values are Long, BigInteger (what 64 bits don't hold), Double, Boolean, String, null, and
   * {@link Nested} for what no column can hold: a list, an object, a number of hundreds of digits.
   * Of a member that is named twice the last counts, as in most programs. What stands in the list
   * and is no object comes as an object with one member that has no name.
   */
  public static final class Reader implements AutoCloseable {
    private final JsonParser parser;
    private final int maxRows;
    private boolean begun;
    private boolean isList;
    private int rows;

    /**
     * @param maxRows most objects that are read
     * @throws WireFormatException if the first bytes tell an encoding that no JSON has
     */
    public Reader(InputStream in, int maxRows) throws IOException {
      this.maxRows = maxRows;
      try {
        this.parser = FACTORY.createParser(in);
      } catch (IOException e) {
        throw told(e);
      }
    }

    /**
     * The next object's members, in order; null at the end.
     *
     * @throws WireFormatException if it is no JSON, or no object
     * @throws TooLargeException if there are more objects, or larger ones, than are taken
     */
    public @Nullable Map<String, @Nullable Object> next() throws IOException {
      try {
        JsonToken token = parser.nextToken();
        if (!begun) {
          begun = true;
          if (token == JsonToken.START_ARRAY) {
            isList = true;
            token = parser.nextToken();
          } else if (token != JsonToken.START_OBJECT) {
            throw new WireFormatException("The body should be a JSON object or a list of them");
          }
        }
        if (token == (isList ? JsonToken.END_ARRAY : null)) {
          expectEnd();
          return null;
        }
        if (token == null || (!isList && rows > 0)) {
          throw new WireFormatException("Something is missing in the body, or follows it");
        }
        if (rows == maxRows) {
          throw new TooLargeException("A body may have %,d objects at most".formatted(maxRows));
        }
        rows++;
        return token == JsonToken.START_OBJECT
            ? members()
            : Collections.singletonMap("", value(token));
      } catch (IOException e) {
        throw told(e);
      }
    }

    /** Whether the body is a list, once the first object has been read. */
    public boolean isList() {
      return isList;
    }

    private void expectEnd() throws IOException {
      if (isList && parser.nextToken() != null) {
        throw new WireFormatException("Something follows the list");
      }
    }

    private Map<String, @Nullable Object> members() throws IOException {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        members.put(name, value(parser.nextToken()));
      }
      return members;
    }

    private @Nullable Object value(JsonToken token) throws IOException {
      return switch (token) {
        case VALUE_NULL -> null;
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_STRING -> parser.getText();
        case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> number(token);
        case START_ARRAY, START_OBJECT -> nested();
        default -> throw new WireFormatException("A value is missing in the body");
      };
    }

    private Object number(JsonToken token) throws IOException {
      if (parser.getTextLength() > MAX_DIGITS) {
        return new Nested(parser.getText());
      }
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        return parser.getDoubleValue();
      }
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? (Object) parser.getBigIntegerValue()
          : (Object) parser.getLongValue();
    }

    private Nested nested() throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator copy = FACTORY.createGenerator(text)) {
        copy.copyCurrentStructure(parser);
      }
      return new Nested(text.toString());
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  /** Writes objects as they come. Not thread-safe. */
  public static final class Writer implements AutoCloseable {
    private final JsonGenerator json;

    /**
     * @param out has got everything when this is closed; it is neither flushed nor closed
     */
    public Writer(OutputStream out) throws IOException {
      this.json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      // What is short is sent in one piece, with its length.
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    public void startList() throws IOException {
      json.writeStartArray();
    }

    public void endList() throws IOException {
      json.writeEndArray();
    }

    /** A row under its table's label, absent columns as null. */
    public void row(RestTable table, Rows rows, int row) throws IOException {
      List<Column> columns = table.columns();
      row(table, columns, rows, row, indexes(columns, rows));
    }

    /** All of the rows, each as {@link #row} writes it. */
    public void rows(RestTable table, Rows rows) throws IOException {
      List<Column> columns = table.columns();
      int[] indexes = indexes(columns, rows);
      for (int row = 0; row < rows.size(); row++) {
        row(table, columns, rows, row, indexes);
      }
    }

    private static int[] indexes(List<Column> columns, Rows rows) {
      return columns.stream().mapToInt(column -> rows.indexOf(column.name())).toArray();
    }

    private void row(RestTable table, List<Column> columns, Rows rows, int row, int[] indexes)
        throws IOException {
      json.writeStartObject();
      json.writeStringField(RestTable.LABEL, table.label());
      for (int i = 0; i < indexes.length; i++) {
        json.writeFieldName(columns.get(i).name());
        if (indexes[i] < 0 || rows.isNull(indexes[i], row)) {
          json.writeNull();
        } else {
          cell(columns.get(i), rows, indexes[i], row);
        }
      }
      json.writeEndObject();
    }

    private void cell(Column column, Rows rows, int index, int row) throws IOException {
      switch (column.type()) {
        case INTEGER -> json.writeNumber(rows.longAt(index, row));
        case BOOLEAN -> json.writeBoolean(rows.longAt(index, row) != 0);
        case REAL -> number(rows.realAt(index, row));
        case TEXT -> json.writeString(rows.textAt(index, row));
        case TIME -> json.writeString(RestDates.write(rows.longAt(index, row)));
      }
    }

    /** Whatever it is: Map, List, Instant, number, text, boolean or null. */
    public void value(@Nullable Object value) throws IOException {
      if (value == null) {
        json.writeNull();
      } else if (value instanceof Map<?, ?> map) {
        json.writeStartObject();
        for (Map.Entry<?, ?> each : map.entrySet()) {
          json.writeFieldName(String.valueOf(each.getKey()));
          value(each.getValue());
        }
        json.writeEndObject();
      } else if (value instanceof List<?> list) {
        json.writeStartArray();
        for (Object each : list) {
          value(each);
        }
        json.writeEndArray();
      } else if (value instanceof Instant time) {
        json.writeString(RestDates.write(time));
      } else if (value instanceof Double real) {
        number(real);
      } else if (value instanceof Boolean yes) {
        json.writeBoolean(yes);
      } else if (value instanceof BigInteger big) {
        json.writeNumber(big);
      } else if (value instanceof Number whole) {
        json.writeNumber(whole.longValue());
      } else {
        json.writeString(value.toString());
      }
    }

    // JSON has no word for what is not finite; no engine of ours but PostgreSQL stores it.
    private void number(double real) throws IOException {
      if (Double.isFinite(real)) {
        json.writeNumber(real);
      } else {
        json.writeNull();
      }
    }

    @Override
    public void close() throws IOException {
      json.close();
    }
  }
}
