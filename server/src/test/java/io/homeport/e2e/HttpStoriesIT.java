package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What clients of the API rely on beyond single answers. */
class HttpStoriesIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  private static String app(int instances, String secret) {
    return """
        {"id": "/db", "cmd": "echo $PASSWORD >> data/log; sleep 1000000", "cpus": 0.1, "mem": 32,
         "instances": %d, "env": {"PASSWORD": "%s"},
         "container": {"type": "MESOS", "volumes": [
           {"containerPath": "data", "mode": "RW", "persistent": {"size": 1}}]}}
        """
        .formatted(instances, secret);
  }

  private static String tag(ServerProcess server) {
    return server.get("/v2/apps/db").raw().headers().firstValue("ETag").orElseThrow();
  }

  private static int instances(ServerProcess server) {
    return server.get("/v2/apps/db").body().path("app").path("instances").asInt();
  }

  @Test
  void aChangeThatWasMadeForAnOlderVersionChangesNothing() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      server.post("/v2/apps", app(1, "old"));
      server.awaitRunning("/db", 1);
      String seen = tag(server);
      assertThat(server.put("/v2/apps/db", "{\"instances\": 2}").status()).isEqualTo(200);
      server.awaitRunning("/db", 2);

      for (String method : new String[] {"PUT", "DELETE"}) {
        ServerProcess.Answer late =
            server.send(
                method,
                "/v2/apps/db",
                Map.of("If-Match", seen, "Content-Type", "application/json"),
                "{\"instances\": 1}");
        assertThat(late.status()).as(late.raw().body()).isEqualTo(412);
        assertThat(late.body().path("message").asString()).contains(seen, tag(server));
      }
      assertThat(instances(server)).isEqualTo(2);

      ServerProcess.Answer now =
          server.send(
              "PUT",
              "/v2/apps/db",
              Map.of("If-Match", tag(server), "Content-Type", "application/json"),
              "{\"instances\": 1}");
      assertThat(now.status()).as(now.raw().body()).isEqualTo(200);
      server.awaitRunning("/db", 1);
      assertThat(instances(server)).isEqualTo(1);
    }
  }

  @Test
  void whoFollowsEventsLearnsWhetherACrashHidSomething() throws Exception {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      String last;
      try (EventRecorder recorder = new EventRecorder(server)) {
        server.post("/v2/apps", app(1, "old"));
        server.awaitRunning("/db", 1);
        server.await("events are told", SOON, () -> has(recorder, "deployment_success"));
        last = recorder.lastId();
        assertThat(recorder.ids()).isSortedAccordingTo(HttpStoriesIT::compare);
      }
      server.put("/v2/apps/db", "{\"instances\": 2}");
      server.awaitRunning("/db", 2);
      try (EventRecorder again = EventRecorder.after(server, last)) {
        server.await("what was missed is told", SOON, () -> has(again, "deployment_success"));
        assertThat(has(again, "event_gap")).isFalse();
        assertThat(again.ids()).allMatch(id -> compare(id, last) > 0);
      }

      server.kill9();
      server.start();
      try (EventRecorder after = EventRecorder.after(server, last)) {
        server.await("that something is missing is told", SOON, () -> has(after, "event_gap"));
        server.put("/v2/apps/db", "{\"instances\": 1}");
        server.await("news are told", SOON, () -> has(after, "deployment_success"));
        assertThat(after.ids()).allMatch(id -> compare(id, last) > 0);
        assertThat(after.ids()).isSortedAccordingTo(HttpStoriesIT::compare);
      }
    }
  }

  private static boolean has(EventRecorder recorder, String type) {
    return recorder.events().stream()
        .map(event -> event.path("eventType").asString())
        .anyMatch(type::equals);
  }

  private static int compare(String one, String other) {
    String[] left = one.split("-", -1);
    String[] right = other.split("-", -1);
    int bySequence = Long.compare(Long.parseLong(left[0]), Long.parseLong(right[0]));
    return bySequence != 0
        ? bySequence
        : Integer.compare(Integer.parseInt(left[1]), Integer.parseInt(right[1]));
  }

  @Test
  void secretsAreInNoLogHoweverMuchIsLogged() throws IOException {
    String secret = "t0p-secret-0123456789";
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      for (String logger : new String[] {"ROOT", "io.homeport", "io.helidon"}) {
        ServerProcess.Answer more =
            server.post("/logging", "{\"logger\": \"" + logger + "\", \"level\": \"trace\"}");
        assertThat(more.status()).as(more.raw().body()).isEqualTo(200);
      }
      server.post("/v2/apps", app(1, secret));
      server.awaitRunning("/db", 1);
      JsonNode volume = server.volumes("/db").getFirst();
      Path written = Path.of(volume.path("location").asString(), "log");
      server.await("the task has it", SOON, () -> read(written).contains(secret));
      server.put("/v2/apps/db", app(1, secret + "-2"));
      server.awaitRunning("/db", 1);
      server.post("/v2/apps", app(1, secret).replace("\"cpus\"", "\"cqus\""));
      server.kill9();
      server.start();
      server.awaitRunning("/db", 1);
      String log = Files.readString(server.log());
      assertThat(log).contains(" TRACE ", "/db");
      assertThat(log.lines().filter(line -> line.contains(secret))).isEmpty();
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException gone) {
      return "";
    }
  }
}
