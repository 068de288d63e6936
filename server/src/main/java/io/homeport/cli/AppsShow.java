package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps show}: one app with its tasks and volumes. */
@Command(
    name = "show",
    description = "Show an app, its tasks and its volumes; with --output json its definition.")
final class AppsShow extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().app(app);
    JsonNode answer = session.api().get("/v2/apps" + id);
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    JsonNode shown = answer.path("app");
    facts(session, shown);
    session.print("");
    session.print(
        TaskText.table(session, session.api().get("/v2/apps" + id + "/tasks").path("tasks")),
        "It has no tasks.");
    JsonNode volumes = session.api().get("/v2/volumes?app=" + id).path("volumes");
    if (!volumes.isEmpty()) {
      session.print("");
      session.print(VolumeText.table(session, volumes), "");
    }
    return ExitStatus.OK;
  }

  private static void facts(Session session, JsonNode app) {
    new Facts()
        .add("App", app.path("id").asString(""))
        .add("Status", AppText.status(app))
        .add("Instances", AppText.instances(app))
        .add("Health", AppText.health(app))
        .add("Command", app.path("cmd").asString(arguments(app)))
        .add("Image", app.path("container").path("docker").path("image").asString(""))
        .add(
            "Each",
            Sizes.number(app.path("cpus").asDouble(0))
                + " CPUs, "
                + Sizes.mebibytes(app.path("mem").asDouble(0))
                + " memory, "
                + Sizes.mebibytes(app.path("disk").asDouble(0))
                + " disk")
        .add("Version", app.path("version").asString("") + " (" + session.ago(app, "version") + ")")
        .print(session);
    for (JsonNode warning : app.path("warnings")) {
      session.print("Warning: " + warning.asString(""));
    }
    failure(app).ifPresent(session::print);
  }

  private static String arguments(JsonNode app) {
    return app.path("args").isEmpty() ? "" : app.path("args").toString();
  }

  private static Optional<String> failure(JsonNode app) {
    JsonNode failure = app.path("lastTaskFailure");
    return failure.isObject()
        ? Optional.of(
            "Last failure: "
                + failure.path("state").asString("")
                + " "
                + failure.path("message").asString("")
                + " ("
                + failure.path("timestamp").asString("")
                + ")")
        : Optional.empty();
  }
}
