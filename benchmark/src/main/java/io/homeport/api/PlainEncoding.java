package io.homeport.api;

import io.homeport.model.AppId;
import io.homeport.model.Instance;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import java.util.EnumSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers without HTTP: only made from the state and written as JSON. It is in the API's package
 * because the shapes are nobody else's business.
 */
public final class PlainEncoding {
  private PlainEncoding() {}

  /**
   * One app with what it always embeds.
   *
   * @param state what is known
   * @param app which
   */
  public static byte[] app(ClusterState state, AppId app) {
    ObjectNode body = Json.object();
    body.set(
        "app",
        AppJson.of(state, AppsResource.find(state, app), EnumSet.allOf(AppJson.Embed.class)));
    return Json.MAPPER.writeValueAsBytes(body);
  }

  /**
   * The first tasks.
   *
   * @param state what is known
   * @param limit how many
   */
  public static byte[] tasks(ClusterState state, int limit) {
    ObjectNode body = Json.object();
    ArrayNode tasks = body.putArray("tasks");
    for (AppInstances instances : state.durable().instances().values()) {
      for (Instance instance : instances.all().values()) {
        if (tasks.size() == limit) {
          return Json.MAPPER.writeValueAsBytes(body);
        }
        TaskJson.of(state, instance).ifPresent(tasks::add);
      }
    }
    return Json.MAPPER.writeValueAsBytes(body);
  }
}
