package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code homeport tasks kill}: ends tasks, which are relaunched at home unless told otherwise. */
@Command(
    name = "kill",
    description = {
      "End tasks. They are relaunched, on their volumes if they have some, unless told otherwise."
    })
final class TasksKill extends ClientCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "TASK",
      description = "The tasks: ids or the beginning of them, or APP:ORDINAL such as samson:0.")
  private List<String> tasks;

  @ArgGroup private @Nullable Afterwards afterwards;

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  /** What becomes of the instances. */
  private static final class Afterwards {
    @Option(names = "--scale", description = "The app shrinks by them; volumes are detached.")
    private boolean scale;

    @Option(
        names = "--wipe",
        description = "DESTROY their volumes; others take their place with new ones.")
    private boolean wipe;

    @Option(
        names = "--replace",
        description = "Others take their place with new volumes; the old ones are left behind.")
    private boolean replace;

    private String query() {
      return scale ? "?scale=true" : wipe ? "?wipe=true" : replace ? "?replace=true" : "";
    }
  }

  @Override
  ExitStatus run(Session session) {
    List<String> ids = tasks.stream().map(session.names()::task).distinct().toList();
    boolean wipe = afterwards != null && afterwards.wipe;
    if (wipe && !yes) {
      confirm(session, ids);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ids.forEach(body.putArray("ids")::add);
    String query = afterwards == null ? "" : afterwards.query();
    JsonNode answer = session.send("POST", "/v2/tasks/delete" + query, body.toString()).body();
    if (session.json()) {
      session.print(answer);
    } else {
      ids.forEach(id -> session.print("Task " + id + " is being ended."));
    }
    return ExitStatus.OK;
  }

  private static void confirm(Session session, List<String> ids) {
    JsonNode volumes = session.api().get("/v2/volumes").path("volumes");
    for (JsonNode volume : volumes) {
      String instance = volume.path("instanceId").asString("");
      boolean used = ids.stream().anyMatch(id -> id.startsWith(instance + "."));
      if (!instance.isEmpty() && used) {
        session.print(
            "Volume "
                + volume.path("id").asString("")
                + " would be DESTROYED"
                + (VolumeText.used(volume).isEmpty() ? "" : ", with " + VolumeText.used(volume))
                + ".");
      }
    }
    if (ids.isEmpty()) {
      throw new CommandFailure(ExitStatus.USAGE, "Which tasks?");
    }
    session.confirm(ids.size() == 1 ? ids.getFirst() : "wipe " + ids.size() + " tasks");
  }
}
