package org.tributary.acceptance.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An OpenAPI document, asked what it says of a request's answer. */
final class OpenApiDocument {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode document;

  private OpenApiDocument(JsonNode document) {
    this.document = document;
  }

  static OpenApiDocument parse(String yaml) throws IOException {
    return new OpenApiDocument(new ObjectMapper(new YAMLFactory()).readTree(yaml));
  }

  /** Method and path of each operation, as {@code GET /rest/{type}/}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
        if (METHODS.contains(each.getKey())) {
          operations.add(each.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  /** Paths that answer every method alike, with or without an id at their end. */
  Set<String> pathsOfAnyMethod() {
    Set<String> paths = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      if (path.getValue().path("x-any-method").asBoolean()) {
        paths.add(path.getKey());
      }
    }
    return paths;
  }

  /**
   * What an answer has that the document does not allow; nothing if all is as it says.
   *
   * @param operation as {@link #operations} has it
   */
  List<String> faults(String operation, int status, String contentType, String body)
      throws IOException {
    String[] words = operation.split(" ", 2);
    JsonNode said = document.path("paths").path(words[1]).path(lower(words[0]));
    JsonNode response = resolved(said.path("responses").path(Integer.toString(status)));
    if (response.isMissingNode()) {
      return List.of(operation + " may not answer " + status);
    }
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      return body.isEmpty() ? List.of() : List.of(operation + " should have no body");
    }
    String type = contentType.replaceAll("\\s*;.*", "");
    if (content.path(type).isMissingNode()) {
      return List.of(operation + " may not answer with " + type);
    }
    return type.endsWith("json")
        ? schemaFaults(content.path(type).path("schema"), body)
        : List.of();
  }

  private List<String> schemaFaults(JsonNode schema, String body) throws IOException {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    List<String> faults = new ArrayList<>();
    JsonNode json =
        new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(body);
    for (ValidationMessage message : SCHEMAS.getSchema(whole).validate(json)) {
      faults.add(message.getMessage());
    }
    return faults;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String lower(String word) {
    return word.toLowerCase(java.util.Locale.ROOT);
  }
}
