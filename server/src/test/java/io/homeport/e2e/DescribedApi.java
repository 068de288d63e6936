package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API as the server describes it at {@code /openapi.json}, held against what it answers:
 * statuses and properties that are not described are failures.
 */
final class DescribedApi {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ServerProcess server;
  private final JsonNode document;
  private final ObjectNode components;
  private final Set<String> called = new TreeSet<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  DescribedApi(ServerProcess server) {
    this(server, server.get("/openapi.json").body());
  }

  /** With a description that was read elsewhere, for a server that wants a login first. */
  DescribedApi(ServerProcess server, JsonNode document) {
    this.server = server;
    this.document = document;
    this.components = JSON.createObjectNode();
    ObjectNode schemas = components.putObject("schemas");
    document
        .path("components")
        .path("schemas")
        .forEachEntry((name, schema) -> schemas.set(name, insideClosed(schema)));
  }

  JsonNode document() {
    return document;
  }

  /** Every operation of the document, as {@code METHOD /path}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods
                    .propertyNames()
                    .forEach(
                        method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return operations;
  }

  /** The operations that have been called with a described success. */
  Set<String> called() {
    return called;
  }

  /** Calls, and holds the answer against the description. */
  ServerProcess.Answer call(int status, String method, String path, @Nullable String json) {
    ServerProcess.Answer answer = server.send(method, path, json);
    String name = method + " " + path;
    assertThat(answer.status()).as(name + ": " + answer.raw().body()).isEqualTo(status);
    String template = template(method, path.replaceAll("\\?.*", ""));
    JsonNode operation =
        document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    if (json != null && status < 300) {
      JsonNode body = operation.path("requestBody").path("content").path("application/json");
      assertThat(problems(body.path("schema"), JSON.readTree(json)))
          .as("what was sent to " + name)
          .isEmpty();
    }
    JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
    assertThat(response.isMissingNode()).as(name + " describes the status " + status).isFalse();
    checkBody(name, response.path("content"), answer);
    if (status < 300) {
      called.add(method + " " + template);
    }
    return answer;
  }

  private void checkBody(String name, JsonNode content, ServerProcess.Answer answer) {
    String type =
        answer.raw().headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    if (content.isMissingNode()) {
      assertThat(answer.raw().body()).as(name).isEmpty();
      return;
    }
    assertThat(content.has(type)).as(name + " describes answers of type " + type).isTrue();
    if (type.equals("application/json")) {
      assertThat(problems(content.path(type).path("schema"), answer.body()))
          .as(name + ": " + answer.raw().body())
          .isEmpty();
    }
  }

  private String template(String method, String path) {
    return document.path("paths").propertyNames().stream()
        .filter(template -> Pattern.matches(pattern(template), path))
        .filter(
            template -> document.path("paths").path(template).has(method.toLowerCase(Locale.ROOT)))
        .max(Comparator.comparingInt(template -> template.replaceAll("\\{\\w+}", "").length()))
        .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
  }

  /** Ids of apps and folders have slashes of their own. */
  private static String pattern(String template) {
    return template
        .replace("*", "\\*")
        .replaceAll("\\{(app|group)}", ".+")
        .replaceAll("\\{\\w+}", "[^/]+");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  /** What is wrong with a value that a named schema describes. */
  List<String> problems(String schema, JsonNode value) {
    return problems(JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema), value);
  }

  private List<String> problems(JsonNode schema, JsonNode value) {
    ObjectNode root = (ObjectNode) closed(schema);
    root.set("components", components);
    Schema validator = registry.getSchema(root);
    return validator.validate(value).stream().map(Error::toString).toList();
  }

  /** The schema with unknown properties forbidden, here and wherever it leads. */
  private static JsonNode closed(JsonNode schema) {
    JsonNode inside = insideClosed(schema);
    boolean mayBeObject =
        inside.has("$ref")
            || inside.has("allOf")
            || inside.has("oneOf")
            || inside.path("type").toString().contains("object");
    if (inside instanceof ObjectNode object && mayBeObject && !inside.has("additionalProperties")) {
      object.put("unevaluatedProperties", false);
    }
    return inside;
  }

  /** As {@link #closed}, but open itself: it may be a part of another schema. */
  private static JsonNode insideClosed(JsonNode schema) {
    if (!(schema instanceof ObjectNode)) {
      return schema;
    }
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    Optional.ofNullable(copy.get("properties"))
        .ifPresent(
            properties -> {
              ObjectNode all = copy.putObject("properties");
              properties.forEachEntry((name, property) -> all.set(name, closed(property)));
            });
    for (String key : List.of("items", "additionalProperties")) {
      Optional.ofNullable(copy.get(key)).ifPresent(part -> copy.set(key, closed(part)));
    }
    for (String key : List.of("allOf", "oneOf")) {
      Optional.ofNullable(copy.get(key))
          .ifPresent(
              parts -> {
                var all = JsonNodeFactory.instance.arrayNode();
                parts.forEach(part -> all.add(insideClosed(part)));
                copy.set(key, all);
              });
    }
    return copy;
  }
}
