package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An app of a Marathon and what becomes of it here. What a definition may hold is the server's to
 * say: it is asked by dry runs, and what it objects to is left out and reported.
 *
 * @param id the app
 * @param instances how many Marathon has
 * @param outcome what becomes of it
 * @param definition what is created
 * @param left what could not be carried over
 * @param changed what was carried over in another form, each as a sentence
 */
record ImportedApp(
    String id,
    int instances,
    Outcome outcome,
    ObjectNode definition,
    List<Loss> left,
    List<String> changed) {
  /** So often the server is asked about one app. */
  private static final int MOST_ROUNDS = 20;

  /** What Marathon says of an app beside its definition. */
  private static final Set<String> SAID_ONLY =
      Set.of(
          "version",
          "versionInfo",
          "tasks",
          "tasksStaged",
          "tasksRunning",
          "tasksHealthy",
          "tasksUnhealthy",
          "taskStats",
          "deployments",
          "lastTaskFailure",
          "readinessCheckResults");

  /** What becomes of an app. */
  enum Outcome {
    /** It is created. */
    CREATE,
    /** It was created. */
    CREATED,
    /** It exists here, with the same definition. */
    SAME,
    /** It exists here, with another definition. */
    DIFFERENT,
    /** It cannot be created; the losses say why. */
    IMPOSSIBLE
  }

  /**
   * What could not be carried over.
   *
   * @param path where it stands in the definition
   * @param why what the server says
   */
  record Loss(String path, String why) {}

  /**
   * What is wanted.
   *
   * @param withInstances whether apps start with their instances
   * @param keepRelaunch whether RELAUNCH_AFTER_TIMEOUT is carried over
   */
  record Choices(boolean withInstances, boolean keepRelaunch) {}

  /**
   * Finds out what would become of an app.
   *
   * @param api the server here
   * @param app the app as Marathon has it
   * @param present the app here, if it exists
   * @param choices what is wanted
   */
  static ImportedApp plan(Api api, JsonNode app, Optional<JsonNode> present, Choices choices) {
    ObjectNode definition = (ObjectNode) app.deepCopy();
    definition.remove(SAID_ONLY);
    String id = definition.path("id").asString("");
    int instances = definition.path("instances").asInt(1);
    List<String> changed = changes(definition, choices);
    definition.put("instances", 0);
    List<Loss> left = new ArrayList<>();
    String method = present.isPresent() ? "PUT" : "POST";
    String path = "/v2/apps" + (present.isPresent() ? id : "");
    present.ifPresent(here -> definition.put("instances", here.path("instances").asInt(0)));
    Optional<JsonNode> plan = accepted(api, method, path, definition, left);
    if (plan.isEmpty()) {
      return new ImportedApp(id, instances, Outcome.IMPOSSIBLE, definition, left, changed);
    }
    if (present.isPresent()) {
      boolean same = plan.get().at("/plan/apps/0/change").asString("none").equals("none");
      Outcome outcome = same ? Outcome.SAME : Outcome.DIFFERENT;
      return new ImportedApp(id, instances, outcome, definition, left, changed);
    }
    boolean whole = left.isEmpty();
    definition.put("instances", choices.withInstances() && whole ? instances : 0);
    return new ImportedApp(id, instances, Outcome.CREATE, definition, left, changed);
  }

  private static List<String> changes(ObjectNode definition, Choices choices) {
    List<String> changed = new ArrayList<>();
    JsonNode role = definition.remove("role");
    if (role != null && !role.asString("").isEmpty()) {
      changed.add("/role: " + role.asString("") + " becomes the role of this server.");
    }
    JsonNode behavior = definition.at("/residency/taskLostBehavior");
    if (behavior.asString("").equals("RELAUNCH_AFTER_TIMEOUT")) {
      if (choices.keepRelaunch()) {
        changed.add(
            "/residency/taskLostBehavior: RELAUNCH_AFTER_TIMEOUT is kept, and acted on: after the"
                + " time-out an instance starts elsewhere on an empty volume.");
      } else {
        ((ObjectNode) definition.get("residency")).put("taskLostBehavior", "WAIT_FOREVER");
        changed.add(
            "/residency/taskLostBehavior: RELAUNCH_AFTER_TIMEOUT becomes WAIT_FOREVER, because"
                + " Marathon never acted on it (--keep-relaunch-after-timeout keeps it).");
      }
    }
    return changed;
  }

  /** Asks, leaves out what is objected to, and asks again, as long as that leads somewhere. */
  private static Optional<JsonNode> accepted(
      Api api, String method, String path, ObjectNode definition, List<Loss> left) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      try {
        Optional<String> body = Optional.of(definition.toString());
        return Optional.of(api.send(method, path + "?dryRun=true", body, Map.of()).body());
      } catch (CommandFailure refused) {
        if (refused.status() != ExitStatus.INVALID && refused.status() != ExitStatus.CONFLICT) {
          throw refused;
        }
        List<Loss> objections = refused.details().stream().map(ImportedApp::loss).toList();
        left.addAll(
            objections.isEmpty()
                ? List.of(new Loss("/", String.valueOf(refused.getMessage())))
                : objections);
        if (objections.isEmpty()
            || !DefinitionPaths.removeAll(
                definition, objections.stream().map(Loss::path).toList())) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Details of refusals are written {@code path: why}. */
  private static Loss loss(String detail) {
    int colon = detail.indexOf(": ");
    return colon < 0
        ? new Loss("/", detail)
        : new Loss(detail.substring(0, colon), detail.substring(colon + 2));
  }

  /**
   * Creates it, if it is to be.
   *
   * @param api the server here
   */
  ImportedApp create(Api api) {
    if (outcome != Outcome.CREATE) {
      return this;
    }
    try {
      api.send("POST", "/v2/apps", Optional.of(definition.toString()), Map.of());
      return new ImportedApp(id, instances, Outcome.CREATED, definition, left, changed);
    } catch (CommandFailure refused) {
      if (refused.status() == ExitStatus.UNAVAILABLE
          || refused.status() == ExitStatus.NOT_ALLOWED) {
        throw refused;
      }
      List<Loss> why = new ArrayList<>(left);
      why.add(new Loss("/", String.valueOf(refused.getMessage())));
      return new ImportedApp(id, instances, Outcome.IMPOSSIBLE, definition, why, changed);
    }
  }

  /** Whether it is not here and could not be brought here. */
  boolean hasFailed() {
    return outcome == Outcome.IMPOSSIBLE;
  }
}
