package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The document that Homeport came from, step by step. */
class DocumentStoryIT {
  /** The example of the document, as it stands there. */
  static final String DOCUMENT =
      """
      {
        "id": "/sesame/samson",
        "residency": {
          "relaunchEscalationTimeoutSeconds": 30,
          "taskLostBehavior": "WAIT_FOREVER"
        },
        "cpus": 0.5,
        "mem": 512.0,
        "disk": 1024.0,
        "instances": 2,
        "container": {
          "type": "MESOS",
          "volumes": [
            {
              "containerPath": "data",
              "mode": "RW",
              "persistent": {
                "size": 10
              }
            }
          ]
        }
      }
      """;

  @TempDir Path dir;

  @Test
  void itsExampleRunsTwoInstancesWithTwoVolumes() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "3")) {
      ServerProcess.Answer created = server.post("/v2/apps", DOCUMENT);
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.body().path("warnings").toString()).contains("volumes");
      server.awaitRunning("/sesame/samson", 2);

      List<JsonNode> volumes = server.volumes("/sesame/samson");
      assertThat(volumes).hasSize(2);
      assertThat(volumes)
          .allSatisfy(
              volume -> {
                assertThat(volume.path("status").asString()).isEqualTo("attached");
                assertThat(volume.path("size").asDouble()).isEqualTo(10);
                assertThat(volume.path("containerPath").asString()).isEqualTo("data");
              });

      server.put("/v2/apps//sesame/samson", "{\"instances\": 1}");
      server.awaitRunning("/sesame/samson", 1);
      assertThat(server.volumes("/sesame/samson"))
          .extracting(volume -> volume.path("status").asString())
          .containsExactlyInAnyOrder("attached", "detached");
    }
  }

  @Test
  void theCommandLineTellsTheSame() throws IOException {
    Path definition = Files.writeString(dir.resolve("samson.json"), DOCUMENT);
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "3")) {
      assertThat(cli(server, "apps", "create", definition.toString(), "--watch"))
          .contains("only hold their volumes");
      String volume = server.volumes("/sesame/samson").getFirst().path("id").asString();
      assertThat(cli(server, "apps", "list")).containsPattern("/sesame/samson .*2/2");
      assertThat(cli(server, "volumes", "list"))
          .contains(volume, "attached", "10 MiB")
          .doesNotContain("detached");
      assertThat(cli(server, "plan", "samson", "--scale=1"))
          .contains("detached, data stays", "kept");

      cli(server, "apps", "scale", "samson", "1", "--watch");
      assertThat(cli(server, "volumes", "list")).contains("attached", "detached");
      cli(server, "apps", "scale", "samson", "2", "--watch");
      assertThat(cli(server, "volumes", "list")).contains(volume).doesNotContain("detached");

      assertThat(cli(server, "apps", "destroy", "samson", "--yes", "--watch"))
          .contains("/sesame/samson");
      server.await(
          "its volumes are gone",
          Duration.ofSeconds(30),
          () -> !cli(server, "volumes", "list").contains(volume));
    }
  }

  private static String cli(ServerProcess server, String... arguments) {
    CommandLineProcess run = CommandLineProcess.on(server, arguments);
    assertThat(run.status()).as(run.output()).isZero();
    return run.output();
  }
}
