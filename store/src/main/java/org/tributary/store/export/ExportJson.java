package org.tributary.store.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.store.completeness.CompletenessJson;
import org.tributary.store.completeness.HouseCompleteness.House;

/** What stands in the file beside an export, so that it explains itself. Stateless. */
public final class ExportJson {

  private ExportJson() {}

  /**
   * All of it: texts, whole numbers, lists and maps, in their order.
   *
   * @param fileName the name of the file with the readings
   * @param software what wrote it
   * @param written when
   * @param first the first day that was asked for, UTC
   * @param last the last one
   */
  public static Map<String, @Nullable Object> of(
      String fileName,
      HouseExport.Exported exported,
      String software,
      Instant written,
      LocalDate first,
      LocalDate last) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("about", "Readings of one house, and what is missing in them");
    json.put("file", fileName);
    json.put("rows", exported.file().rows());
    json.put("bytes", exported.file().bytes());
    json.put("sha256", exported.file().sha256());
    json.put("format", "CSV as of RFC 4180, UTF-8, by time, nodeId and type; lines end with LF");
    json.put("house", house(exported.completeness().house()));
    json.put("firstDay", first.toString());
    json.put("lastDay", last.toString());
    json.put("software", software);
    json.put("written", written.toString());
    json.put("columns", ReadingColumn.json());
    json.put("completeness", CompletenessJson.of(exported.completeness()));
    return json;
  }

  private static Map<String, @Nullable Object> house(House house) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", house.id());
    json.put("address", house.address());
    json.put("deployment", house.deployment().orElse(null));
    return json;
  }
}
