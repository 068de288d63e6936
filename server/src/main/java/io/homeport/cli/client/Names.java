package io.homeport.cli.client;

import io.homeport.cli.client.ShortNames.Named;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Full names for short ones. {@code samson} is the app {@code /sesame/samson} as long as no other
 * app ends like that; {@code samson:0} is the task, or the volume, of its instance with ordinal 0;
 * volumes, tasks, agents and deployments may be called by the beginning of their ids, or of their
 * unique parts.
 */
public final class Names {
  private final Api api;

  /**
   * Names.
   *
   * @param api the server that knows them
   */
  public Names(Api api) {
    this.api = api;
  }

  /**
   * The id of an app.
   *
   * @param name its id, or the end of it; what starts with a slash is taken as it is
   */
  public String app(String name) {
    if (name.startsWith("/")) {
      return name;
    }
    return ShortNames.resolve("app", name, apps());
  }

  /** The ids of all apps. */
  public List<String> appIds() {
    return ids(apps());
  }

  private List<Named> apps() {
    return named(api.get("/v2/apps").path("apps"), app -> List.of(text(app, "id").substring(1)));
  }

  /**
   * The id of a task.
   *
   * @param name its id or its beginning, its instance's id, or {@code app:ordinal}
   */
  public String task(String name) {
    return ShortNames.resolve("task", expand(name), tasks());
  }

  /** An ordinal's app may be short as well. */
  private String expand(String name) {
    int colon = name.lastIndexOf(':');
    return colon > 0 ? app(name.substring(0, colon)) + name.substring(colon) : name;
  }

  /** The ids of all tasks. */
  public List<String> taskIds() {
    return ids(tasks());
  }

  private List<Named> tasks() {
    return named(
        api.get("/v2/tasks").path("tasks"),
        task -> {
          String instance = text(task, "instanceId");
          List<String> others = new ArrayList<>();
          others.add(instance);
          others.add(instance.substring(instance.indexOf(".instance-") + 1));
          others.add(instance.substring(instance.indexOf(".instance-") + ".instance-".length()));
          others.add(text(task, "appId") + ":" + task.path("ordinal").asInt(-1));
          return others;
        });
  }

  /**
   * The id of a volume.
   *
   * @param name its id or its unique part, or the beginning of either; or {@code app:ordinal}, when
   *     that instance has one volume
   */
  public String volume(String name) {
    return ShortNames.resolve("volume", expand(name), volumes());
  }

  /** The ids of all volumes. */
  public List<String> volumeIds() {
    return ids(volumes());
  }

  private List<Named> volumes() {
    return named(
        api.get("/v2/volumes").path("volumes"),
        volume -> {
          String id = text(volume, "id");
          String owner = text(volume, "appId") + ":" + volume.path("ordinal").asInt(-1);
          return List.of(id.substring(id.lastIndexOf('#') + 1), owner);
        });
  }

  /**
   * The id of an agent.
   *
   * @param name its id or the beginning of it, or its host name
   */
  public String agent(String name) {
    return ShortNames.resolve("agent", name, agents());
  }

  /** The ids of all agents. */
  public List<String> agentIds() {
    return ids(agents());
  }

  private List<Named> agents() {
    return named(api.get("/v2/agents").path("agents"), agent -> List.of(text(agent, "hostname")));
  }

  /**
   * The id of a deployment under way.
   *
   * @param name its id or the beginning of it, or an app that it changes
   */
  public String deployment(String name) {
    return ShortNames.resolve("deployment", name, deployments());
  }

  /** The ids of all deployments under way. */
  public List<String> deploymentIds() {
    return ids(deployments());
  }

  private List<Named> deployments() {
    return named(
        api.get("/v2/deployments"),
        deployment -> {
          List<String> others = new ArrayList<>();
          for (JsonNode app : deployment.path("affectedApps")) {
            others.add(app.asString(""));
            others.add(app.asString("").replaceFirst("^.*/", ""));
          }
          return others;
        });
  }

  private interface OtherNames {
    List<String> of(JsonNode thing);
  }

  private static List<Named> named(JsonNode things, OtherNames others) {
    List<Named> named = new ArrayList<>();
    for (JsonNode thing : things) {
      named.add(new Named(text(thing, "id"), others.of(thing)));
    }
    return named;
  }

  private static List<String> ids(List<Named> named) {
    return named.stream().map(Named::id).toList();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
