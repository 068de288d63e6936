package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All tasks, page by page. */
class TaskPagesIT {
  private static final int TASKS = 11;

  @TempDir static Path directory;
  private static CrowdedServer server;

  @BeforeAll
  static void startTasks() throws Exception {
    server = new CrowdedServer(directory, 3);
    server.send(
        "PUT", "/v2/apps", "[" + app("/a", 7) + "," + app("/b", 0) + "," + app("/c", 4) + "]");
    server.awaitNoDeployments();
    assertThat(ids(page("status=running"))).hasSize(TASKS);
  }

  /** Without ports, because the agents have none. */
  private static String app(String id, int instances) {
    return """
        {"id": "%s", "cmd": "sleep 1000", "instances": %d, "portDefinitions": []}"""
        .formatted(id, instances);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void pagesTogetherAreTheWholeList() throws Exception {
    List<String> all = ids(page(""));
    assertThat(all).hasSize(TASKS).doesNotHaveDuplicates();
    for (int limit = 1; limit <= TASKS + 1; limit++) {
      List<String> together = new ArrayList<>();
      JsonNode page = page("limit=" + limit);
      together.addAll(ids(page));
      while (page.has("next")) {
        assertThat(ids(page)).hasSize(limit);
        page = page("limit=" + limit + "&after=" + page.path("next").asString());
        assertThat(ids(page)).as("no page is empty").isNotEmpty();
        together.addAll(ids(page));
      }
      assertThat(together).as("limit %d", limit).isEqualTo(all);
    }
  }

  @Test
  void whatIsNotWantedDoesNotCount() throws Exception {
    assertThat(ids(page("status=staging&limit=3"))).isEmpty();
    assertThat(page("status=running&limit=" + TASKS).has("next")).isFalse();
    assertThat(page("status=running&limit=" + (TASKS - 1)).has("next")).isTrue();
  }

  @Test
  void anyNumberFromOneIsALimit() throws Exception {
    assertThat(ids(page("limit=" + Long.MAX_VALUE))).hasSize(TASKS);
    assertThatThrownBy(() -> page("limit=0")).hasMessageContaining("at least 1, not 0");
  }

  private static JsonNode page(String query) throws Exception {
    return server.send("GET", "/v2/tasks?" + query, "");
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("tasks").forEach(task -> ids.add(task.path("id").asString()));
    return ids;
  }
}
