package io.homeport.api;

import io.homeport.scheduler.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a resource answers. */
sealed interface Answer {
  /** The status. */
  int status();

  /** Headers besides the content type. */
  Map<String, String> headers();

  /** A JSON body. */
  record Body(int status, JsonNode json, Map<String, String> headers) implements Answer {}

  /** Text of some type. */
  record Text(int status, String type, String text, Map<String, String> headers)
      implements Answer {}

  /** Bytes that are written as they come; the writer may take as long as it likes. */
  record Stream(int status, String type, Writer writer, Map<String, String> headers)
      implements Answer {}

  /** Nothing. */
  record Empty(int status, Map<String, String> headers) implements Answer {}

  /** Writes a body. */
  interface Writer {
    /** Writes to the client; ends when it returns or the client is gone. */
    void write(OutputStream client) throws IOException;
  }

  static Answer ok(JsonNode json) {
    return new Body(200, json, Map.of());
  }

  /** Marathon's answer to a change that a deployment brings about. */
  static Answer deployed(Reply.Deployed deployed) {
    return new Body(200, deployment(deployed), deploymentHeader(deployed));
  }

  static tools.jackson.databind.node.ObjectNode deployment(Reply.Deployed deployed) {
    return Json.object()
        .put("deploymentId", deployed.deployment().value())
        .put("version", Json.time(deployed.version()));
  }

  static Map<String, String> deploymentHeader(Reply.Deployed deployed) {
    return Map.of(
        "Marathon-Deployment-Id",
        deployed.deployment().value(),
        "ETag",
        "\"" + Json.time(deployed.version()) + "\"");
  }
}
