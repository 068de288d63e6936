package io.homeport.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The API's description names the endpoints that exist, and nothing that it does not define. */
class ApiDescriptionTest {
  /** Access control answers these itself, before the router. */
  private static final List<String> LOGIN =
      List.of("GET /v2/session", "POST /login", "POST /logout");

  private static final JsonNode DOCUMENT = Json.MAPPER.readTree(ApiDescription.text());

  private static Set<String> described() {
    Set<String> described = new TreeSet<>();
    DOCUMENT
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods
                    .propertyNames()
                    .forEach(
                        method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return described;
  }

  // Routes are only listed here, so nothing is asked of the parts that are missing.
  @SuppressWarnings("NullAway")
  private static Router router() {
    ApiConfig config =
        new ApiConfig("127.0.0.1", 0, "homeport", "test", List.of(), "", Optional.empty());
    return Routes.of(
        new Backend(null, null, null, config, tasks -> Optional.empty(), (state, out) -> {}),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  @Test
  void describesExactlyTheRoutesOfTheServer() {
    Set<String> routes = new TreeSet<>(LOGIN);
    router().routes().forEach(route -> routes.add(route.replace("...}", "}")));

    assertThat(described()).hasSizeGreaterThan(40).isEqualTo(routes);
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    Set<String> references = new TreeSet<>();
    collect(DOCUMENT, references);

    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
    for (String kind : List.of("schemas", "parameters", "responses")) {
      for (String name : DOCUMENT.path("components").path(kind).propertyNames()) {
        assertThat(references).contains("#/components/" + kind + "/" + name);
      }
    }
  }

  private static void collect(JsonNode node, Set<String> references) {
    if (node.path("$ref").isString()) {
      references.add(node.path("$ref").asString());
    }
    node.forEach(child -> collect(child, references));
  }

  @Test
  void everyPlaceInAPathIsAParameterAndEveryOperationHasANameOfItsOwn() {
    Set<String> names = new TreeSet<>();
    DOCUMENT
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEach(
                    operation -> {
                      assertThat(names.add(operation.path("operationId").asString()))
                          .as(path)
                          .isTrue();
                      assertThat(places(operation)).as(path).isEqualTo(placesOf(path));
                    }));
  }

  private static Set<String> places(JsonNode operation) {
    Set<String> places = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode found =
          parameter.has("$ref")
              ? DOCUMENT.at(parameter.path("$ref").asString().substring(1))
              : parameter;
      if (found.path("in").asString().equals("path")) {
        places.add(found.path("name").asString());
      }
    }
    return places;
  }

  private static Set<String> placesOf(String path) {
    Set<String> places = new TreeSet<>();
    for (String segment : Router.segments(path)) {
      if (segment.startsWith("{")) {
        places.add(segment.substring(1, segment.length() - 1));
      }
    }
    return places;
  }
}
