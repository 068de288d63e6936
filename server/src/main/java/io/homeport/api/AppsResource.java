package io.homeport.api;

import io.homeport.api.definition.AppWriter;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.RunCommand;
import io.homeport.scheduler.Explanation;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading apps: {@code GET /v2/apps} and what is below it. */
final class AppsResource {
  private final Backend backend;

  AppsResource(Backend backend) {
    this.backend = backend;
  }

  Answer list(Request request) {
    Predicate<AppDefinition> wanted = filter(request);
    Set<AppJson.Embed> embed = embeds(request, "apps.");
    embed.addAll(EnumSet.of(AppJson.Embed.COUNTS, AppJson.Embed.DEPLOYMENTS));
    ClusterState state = backend.state();
    ArrayNode apps = Json.array();
    for (App app : state.durable().apps().values()) {
      if (wanted.test(app.definition())) {
        apps.add(json(state, app.definition(), embed));
      }
    }
    ObjectNode body = Json.object();
    body.set("apps", apps);
    return Answer.ok(body);
  }

  private static Predicate<AppDefinition> filter(Request request) {
    Predicate<AppDefinition> wanted = app -> true;
    for (String cmd : request.all("cmd")) {
      wanted =
          wanted.and(
              app ->
                  app.command() instanceof RunCommand.Shell shell
                      && lower(shell.line()).contains(lower(cmd)));
    }
    for (String id : request.all("id")) {
      wanted = wanted.and(app -> app.id().path().contains(id));
    }
    for (String label : request.all("label")) {
      Predicate<Map<String, String>> selector = LabelSelector.parse(label);
      wanted = wanted.and(app -> selector.test(app.labels()));
    }
    return wanted;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** What is to be embedded; names that Marathon does not know are passed over, as there. */
  private static Set<AppJson.Embed> embeds(Request request, String prefix) {
    Set<AppJson.Embed> embeds = EnumSet.noneOf(AppJson.Embed.class);
    for (String name : request.all("embed")) {
      switch (name.startsWith(prefix) ? name.substring(prefix.length()) : "") {
        case "tasks" -> embeds.add(AppJson.Embed.TASKS);
        case "counts" -> embeds.add(AppJson.Embed.COUNTS);
        case "deployments" -> embeds.add(AppJson.Embed.DEPLOYMENTS);
        case "lastTaskFailure" -> embeds.add(AppJson.Embed.LAST_TASK_FAILURE);
        case "taskStats" -> embeds.add(AppJson.Embed.TASK_STATS);
        case "readiness" -> embeds.add(AppJson.Embed.READINESS);
        case "failures" ->
            embeds.addAll(
                EnumSet.of(
                    AppJson.Embed.TASKS,
                    AppJson.Embed.COUNTS,
                    AppJson.Embed.DEPLOYMENTS,
                    AppJson.Embed.LAST_TASK_FAILURE));
        default -> {}
      }
    }
    return embeds;
  }

  private ObjectNode json(ClusterState state, AppDefinition app, Set<AppJson.Embed> embed) {
    ObjectNode json = AppJson.of(state, app, embed);
    json.withObject("/homeport").set("volumes", AppVolumes.of(backend, state, app).json());
    return json;
  }

  /** One app, with what Marathon has always embedded in it. */
  Answer get(Request request) {
    ClusterState state = backend.state();
    AppDefinition app = find(state, request.app());
    Set<AppJson.Embed> embed = embeds(request, "app.");
    embed.addAll(
        EnumSet.of(
            AppJson.Embed.TASKS,
            AppJson.Embed.COUNTS,
            AppJson.Embed.DEPLOYMENTS,
            AppJson.Embed.LAST_TASK_FAILURE));
    ObjectNode body = Json.object();
    body.set("app", json(state, app, embed));
    return new Answer.Body(200, body, Map.of("ETag", "\"" + Json.time(app.version()) + "\""));
  }

  /** The apps of a folder, as Marathon answers {@code GET /v2/apps/folder/*}. */
  Answer listSubtree(Request request) {
    String folder = "/" + request.parameter("app") + "/";
    ClusterState state = backend.state();
    Set<AppJson.Embed> embed = embeds(request, "apps.");
    embed.addAll(EnumSet.of(AppJson.Embed.COUNTS, AppJson.Embed.DEPLOYMENTS));
    ObjectNode body = Json.object();
    ArrayNode apps = body.putArray("*");
    for (App app : state.durable().apps().values()) {
      if (app.id().path().startsWith(folder)) {
        apps.add(json(state, app.definition(), embed));
      }
    }
    if (apps.isEmpty()) {
      throw ApiException.unknownApp(folder + "*");
    }
    return Answer.ok(body);
  }

  Answer versions(Request request) {
    App app = findApp(backend.state(), request.app());
    ObjectNode body = Json.object();
    ArrayNode versions = body.putArray("versions");
    List.copyOf(app.versions().keySet())
        .reversed()
        .forEach(version -> versions.add(Json.time(version)));
    return Answer.ok(body);
  }

  Answer version(Request request) {
    App app = findApp(backend.state(), request.app());
    for (Map.Entry<Instant, AppDefinition> kept : app.versions().entrySet()) {
      if (Json.time(kept.getKey()).equals(request.parameter("version"))) {
        return Answer.ok(AppWriter.toJson(kept.getValue()));
      }
    }
    throw ApiException.of(
        404,
        "app_unknown",
        "App '" + app.id() + "' does not exist in version " + request.parameter("version"));
  }

  Answer explain(Request request) {
    ClusterState state = backend.state();
    AppId id = request.app();
    boolean known =
        state.durable().apps().containsKey(id) || state.durable().instances().containsKey(id);
    if (!known) {
      throw ApiException.unknownApp(id.path());
    }
    return Answer.ok(ExplanationJson.of(state, Explanation.of(state, id, Instant.now())));
  }

  static AppDefinition find(ClusterState state, AppId id) {
    return findApp(state, id).definition();
  }

  static App findApp(ClusterState state, AppId id) {
    App app = state.durable().apps().get(id);
    if (app == null) {
      throw ApiException.unknownApp(id.path());
    }
    return app;
  }
}
