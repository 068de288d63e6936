package io.homeport.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code GET /openapi.json}: an OpenAPI 3.1 document of all endpoints, kept beside this class. The
 * web UI's types are made from it, and tests hold it against the routes and against real answers.
 */
final class ApiDescription {
  private ApiDescription() {}

  static Answer answer() {
    return new Answer.Text(200, "application/json", text(), Map.of("Cache-Control", "no-cache"));
  }

  static String text() {
    try (InputStream file = ApiDescription.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is missing on the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
