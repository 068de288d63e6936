package io.homeport.api;

import io.homeport.api.definition.MalformedJsonException;
import io.homeport.api.definition.StrictJson;
import io.homeport.model.AppId;
import io.homeport.scheduler.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as the resources see it.
 *
 * @param method the HTTP method
 * @param target path and query as they were sent, for the event stream
 * @param parameters what stood in the places of the route's path, decoded
 * @param query the query's parameters, decoded
 * @param headers gives the value of a header
 * @param clientIp the client's address
 * @param body reads the body, once
 */
record Request(
    String method,
    String target,
    Map<String, String> parameters,
    Map<String, List<String>> query,
    java.util.function.Function<String, Optional<String>> headers,
    String clientIp,
    Supplier<byte[]> body) {

  Command.Origin origin() {
    return new Command.Origin(clientIp, target.replaceAll("\\?.*", ""));
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** The app that the path names. */
  AppId app() {
    String path = "/" + parameter("app");
    if (!AppId.isValid(path)) {
      throw ApiException.unknownApp(path);
    }
    return new AppId(path);
  }

  Optional<String> first(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** A parameter that is true or false; only {@code name} or {@code name=} means true as well. */
  boolean flag(String name, boolean otherwise) {
    Optional<String> value = first(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    return switch (value.get()) {
      case "true", "" -> true;
      case "false" -> false;
      default ->
          throw ApiException.badRequest(
              "The query parameter "
                  + name
                  + " is either true or false, not \""
                  + shortened(value.get())
                  + "\".");
    };
  }

  /** A parameter that is a whole number. */
  Optional<Long> number(String name) {
    Optional<String> value = first(name);
    try {
      return value.map(Long::parseLong);
    } catch (NumberFormatException notANumber) {
      throw ApiException.badRequest(
          "The query parameter "
              + name
              + " is a whole number, not \""
              + shortened(value.orElse(""))
              + "\".");
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /** The body as JSON. */
  JsonNode json() {
    String type = headers.apply("Content-Type").orElse("application/json");
    String media = type.replaceAll(";.*", "").strip();
    if (!media.equalsIgnoreCase("application/json") && !media.endsWith("+json")) {
      throw ApiException.of(
          415,
          "unsupported_media_type",
          "Unsupported Media Type: the body must be application/json, not " + shortened(type));
    }
    try {
      return StrictJson.parse(body.get());
    } catch (MalformedJsonException malformed) {
      ObjectNode error = Json.message("Invalid JSON").put("code", "malformed_json");
      error
          .putArray("details")
          .addObject()
          .put("path", malformed.path())
          .set("errors", Json.strings(List.of(malformed.explanation())));
      throw new ApiException(400, error);
    }
  }
}
