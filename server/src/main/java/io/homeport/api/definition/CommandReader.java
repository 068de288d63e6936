package io.homeport.api.definition;

import io.homeport.model.RunCommand;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what tasks run: {@code cmd}, {@code args}, or what an image or volumes stand for. */
final class CommandReader {
  private final Fields app;
  private final ContainerReader container;

  CommandReader(Fields app, ContainerReader container) {
    this.app = app;
    this.container = container;
  }

  /**
   * The command.
   *
   * @param stateful whether the app has persistent volumes: then it may do without a command, as in
   *     Marathon 1.0, and its tasks only hold the volumes
   */
  RunCommand read(boolean stateful) {
    Optional<String> cmd = app.text("cmd");
    if (cmd.isPresent() && cmd.get().isBlank()) {
      app.problem("cmd", "must not be an empty string");
    }
    List<String> args = app.texts("args").orElse(List.of());
    boolean none = !app.has("cmd") && args.isEmpty();
    boolean both = app.has("cmd") && !args.isEmpty();
    boolean runsNothing = none && !container.hasImage() && !stateful;
    if (both || (runsNothing && args().isEmpty())) {
      app.problems()
          .add(
              app.path(),
              "AppDefinition must either contain one of 'cmd' or 'args', and/or a 'container'.");
    }
    if (cmd.isPresent()) {
      return new RunCommand.Shell(cmd.get());
    }
    if (!args.isEmpty()) {
      return new RunCommand.Exec(args);
    }
    return container.hasImage() ? new RunCommand.ImageDefault() : new RunCommand.Pause();
  }

  /** The arguments if there are any, be they read without problems or not. */
  private Optional<JsonNode> args() {
    return app.value("args").filter(node -> !node.isEmpty() || !node.isArray());
  }
}
