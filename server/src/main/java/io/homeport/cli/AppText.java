package io.homeport.cli;

import tools.jackson.databind.JsonNode;

/** Apps as people read them. */
final class AppText {
  private AppText() {}

  /**
   * How many instances run, of how many that shall.
   *
   * @param app the app
   */
  static String instances(JsonNode app) {
    return app.path("tasksRunning").asInt(0) + "/" + app.path("instances").asInt(0);
  }

  /**
   * How its health checks go; empty when it has none.
   *
   * @param app the app
   */
  static String health(JsonNode app) {
    if (app.path("healthChecks").isEmpty()) {
      return "";
    }
    int unhealthy = app.path("tasksUnhealthy").asInt(0);
    int healthy = app.path("tasksHealthy").asInt(0);
    return healthy + " healthy" + (unhealthy == 0 ? "" : ", " + unhealthy + " unhealthy");
  }

  /**
   * One word for how it is.
   *
   * @param app the app
   */
  static String status(JsonNode app) {
    if (app.path("homeport").path("waiting").asInt(0) > 0) {
      return "waiting";
    }
    if (!app.path("deployments").isEmpty()) {
      return "deploying";
    }
    if (app.path("instances").asInt(0) == 0) {
      return "suspended";
    }
    return app.path("tasksRunning").asInt(0) >= app.path("instances").asInt(0)
        ? "running"
        : "starting";
  }

  /**
   * How many of its volumes are not in use: detached ones, and ones left behind.
   *
   * @param app the app
   */
  static String idleVolumes(JsonNode app) {
    int detached = app.path("homeport").path("detached").asInt(0);
    int left = app.path("homeport").path("leftBehind").asInt(0);
    String first = detached == 0 ? "" : detached + " detached";
    String second = left == 0 ? "" : left + " left behind";
    return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
  }
}
