package io.homeport.api;

import io.homeport.model.AppId;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Apps as folders: {@code GET /v2/groups}. Groups exist exactly as long as there are apps in them.
 */
final class GroupsResource {
  private final Backend backend;

  GroupsResource(Backend backend) {
    this.backend = backend;
  }

  Answer root(Request request) {
    return Answer.ok(group(backend.state(), "/", embeds(request)));
  }

  Answer get(Request request) {
    String path = "/" + request.parameter("group");
    ClusterState state = backend.state();
    boolean exists =
        state.durable().apps().keySet().stream().anyMatch(id -> id.path().startsWith(path + "/"));
    if (!exists) {
      throw ApiException.of(404, "group_unknown", "Group '" + path + "' does not exist");
    }
    return Answer.ok(group(state, path, embeds(request)));
  }

  /** Marathon embeds everything unless asked for something in particular. */
  private static Set<AppJson.Embed> embeds(Request request) {
    Set<AppJson.Embed> embeds = EnumSet.noneOf(AppJson.Embed.class);
    for (String name : request.all("embed")) {
      switch (name) {
        case "group.apps.tasks" -> embeds.add(AppJson.Embed.TASKS);
        case "group.apps.counts" -> embeds.add(AppJson.Embed.COUNTS);
        case "group.apps.deployments" -> embeds.add(AppJson.Embed.DEPLOYMENTS);
        case "group.apps.lastTaskFailure" -> embeds.add(AppJson.Embed.LAST_TASK_FAILURE);
        case "group.apps.taskStats" -> embeds.add(AppJson.Embed.TASK_STATS);
        case "group.apps.readiness" -> embeds.add(AppJson.Embed.READINESS);
        default -> {}
      }
    }
    return embeds;
  }

  private ObjectNode group(ClusterState state, String path, Set<AppJson.Embed> embed) {
    String prefix = path.equals("/") ? "/" : path + "/";
    List<App> here = new ArrayList<>();
    SortedMap<String, List<App>> below = new TreeMap<>();
    Instant version = Instant.EPOCH;
    for (App app : state.durable().apps().values()) {
      AppId id = app.id();
      if (!id.path().startsWith(prefix)) {
        continue;
      }
      Instant changed = app.definition().version();
      version = changed.isAfter(version) ? changed : version;
      String rest = id.path().substring(prefix.length());
      int slash = rest.indexOf('/');
      if (slash < 0) {
        here.add(app);
      } else {
        below
            .computeIfAbsent(prefix + rest.substring(0, slash), folder -> new ArrayList<>())
            .add(app);
      }
    }
    ObjectNode json = Json.object();
    json.put("id", path);
    ArrayNode apps = json.putArray("apps");
    here.forEach(app -> apps.add(AppJson.of(state, app.definition(), embed)));
    json.putArray("pods");
    ArrayNode groups = json.putArray("groups");
    below.keySet().forEach(folder -> groups.add(group(state, folder, embed)));
    json.putArray("dependencies");
    json.put("version", Json.time(version));
    return json;
  }
}
