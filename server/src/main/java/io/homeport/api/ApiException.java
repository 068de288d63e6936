package io.homeport.api;

import io.homeport.api.definition.Problem;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request that is answered with an error: its status and its JSON body. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ObjectNode body;

  ApiException(int status, ObjectNode body) {
    super(body.path("message").asString(""));
    this.status = status;
    this.body = body;
  }

  ApiException(int status, ObjectNode body, Throwable cause) {
    super(body.path("message").asString(""), cause);
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    return body;
  }

  static ApiException of(int status, String code, String message) {
    return new ApiException(status, Json.message(message).put("code", code));
  }

  static ApiException unavailable(String message) {
    return of(503, "unavailable", message);
  }

  static ApiException badRequest(String message) {
    return of(400, "bad_request", message);
  }

  static ApiException unknownApp(String path) {
    ObjectNode body = Json.message("App '" + path + "' does not exist").put("code", "app_unknown");
    body.putArray("details");
    return new ApiException(404, body);
  }

  /** Problems of a definition, grouped by their places, in Marathon's form. */
  static ApiException invalid(List<Problem> problems) {
    Map<String, ArrayNode> byPath = new LinkedHashMap<>();
    for (Problem problem : problems) {
      byPath.computeIfAbsent(problem.path(), path -> Json.array()).add(problem.message());
    }
    ObjectNode body = Json.message("Object is not valid").put("code", "invalid");
    ArrayNode details = body.putArray("details");
    byPath.forEach((path, errors) -> details.addObject().put("path", path).set("errors", errors));
    return new ApiException(422, body);
  }

  static ApiException invalid(String path, String message) {
    return invalid(List.of(new Problem(path, message)));
  }

  /** A refusal of the scheduler, with the status that Marathon gives it where it knows it. */
  static ApiException of(Reply.Rejected rejected) {
    ObjectNode body = Json.message(rejected.message());
    body.put("code", rejected.code().name().toLowerCase(Locale.ROOT));
    int status = status(rejected.code());
    if (!rejected.details().isEmpty() || status == 404) {
      ArrayNode details = body.putArray("details");
      rejected
          .details()
          .forEach(
              detail ->
                  details
                      .addObject()
                      .put("path", detail.path())
                      .set("errors", Json.strings(detail.errors())));
    }
    if (!rejected.deployments().isEmpty()) {
      ArrayNode deployments = body.putArray("deployments");
      rejected.deployments().forEach(id -> deployments.addObject().put("id", id.value()));
    }
    return new ApiException(status, body);
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case APP_UNKNOWN, DEPLOYMENT_UNKNOWN, TASK_UNKNOWN, VOLUME_UNKNOWN -> 404;
      case APP_EXISTS, APP_LOCKED, VOLUME_IN_USE, SAFE_MODE -> 409;
      case STALE -> 412;
      case INVALID, VOLUME_UNFIT -> 422;
      case TOO_MANY_DEPLOYMENTS -> 403;
      case STORE_FULL -> 507;
      case TOO_LARGE -> 413;
      case UNAVAILABLE -> 503;
    };
  }
}
