package io.homeport.api;

import java.util.Map;

/** {@code POST /v2/stop}: ends the server, and its tasks if asked for. */
final class StopResource {
  private final Backend.Stop stop;

  StopResource(Backend.Stop stop) {
    this.stop = stop;
  }

  /**
   * Begins to end the server; {@code tasks=true} ends all tasks first. Answers before it is over.
   */
  Answer stop(Request request) {
    boolean tasks = request.flag("tasks", false);
    stop.begin(tasks)
        .ifPresent(
            why -> {
              throw ApiException.of(409, "not_possible", why);
            });
    return new Answer.Body(
        202,
        Json.message(
            tasks
                ? "All tasks are being ended, and then the server."
                : "The server is being stopped; its tasks go on."),
        Map.of());
  }
}
