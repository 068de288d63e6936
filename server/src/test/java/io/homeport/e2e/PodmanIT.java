package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A container image as an app, run by Debian's Podman, from an image made of local files. */
class PodmanIT {
  private static final String IMAGE = "localhost/homeport-test:1";
  private static final String APP =
      """
      {"id": "/boxed", "cpus": 0.1, "mem": 64, "instances": 1, "backoffSeconds": 1,
       "cmd": "cd $MESOS_SANDBOX; echo $GREETING from $(cat /etc/image-name) >> data/log; exec sleep 1000000",
       "env": {"GREETING": "hello"}, "taskKillGracePeriodSeconds": 1,
       "container": {"type": "DOCKER", "docker": {"image": "localhost/homeport-test:1"},
         "volumes": [{"containerPath": "data", "mode": "RW", "persistent": {"size": 10}}]}}
      """;

  @TempDir static Path imageDir;
  @TempDir Path dir;

  @BeforeAll
  static void makeImage() throws IOException, InterruptedException {
    Path root = imageDir.resolve("root");
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("tmp"));
    Files.writeString(root.resolve("etc/image-name"), "the image\n");
    Path busybox = root.resolve("bin/busybox");
    Files.copy(Path.of("/bin/busybox"), busybox);
    assertThat(busybox.toFile().setExecutable(true, false)).isTrue();
    for (String name : List.of("sh", "sleep", "cat", "echo")) {
      Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
    }
    Path archive = imageDir.resolve("image.tar");
    run("tar", "-C", root.toString(), "-cf", archive.toString(), ".");
    run("podman", "import", archive.toString(), IMAGE);
  }

  @AfterAll
  static void removeImage() throws IOException, InterruptedException {
    run("podman", "rmi", "--force", IMAGE);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  @Test
  void anImageRunsOnItsVolumeAndComesHomeToIt() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      assertThat(server.post("/v2/apps", APP).status()).isEqualTo(201);
      server.awaitRunning("/boxed", 1);
      JsonNode volume = server.volumes("/boxed").getFirst();
      String content =
          "/v2/volumes/" + volume.path("id").asString().replace("#", "%23") + "/files/content";
      server.await(
          "the container wrote to its volume",
          Duration.ofSeconds(20),
          () -> server.get(content + "?path=log").raw().body().equals("hello from the image\n"));

      String task = server.running("/boxed").getFirst().path("id").asString();
      assertThat(server.delete("/v2/apps/boxed/tasks/" + task).status()).isEqualTo(200);
      server.await(
          "the next container found what the first one wrote",
          Duration.ofSeconds(30),
          () ->
              server
                  .get(content + "?path=log")
                  .raw()
                  .body()
                  .equals("hello from the image\nhello from the image\n"));
      assertThat(server.volumes("/boxed").getFirst().path("id")).isEqualTo(volume.path("id"));
    }
  }

  @Test
  void anImageThatCannotBeHadIsAFailureThatTellsWhy() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      server.post("/v2/apps", APP.replace("homeport-test:1", "no-such-image:1"));
      server.await(
          "the failure is shown",
          Duration.ofSeconds(40),
          () ->
              server
                  .get("/v2/apps/boxed?embed=app.lastTaskFailure")
                  .body()
                  .path("app")
                  .path("lastTaskFailure")
                  .path("state")
                  .asString("")
                  .equals("TASK_FAILED"));
    }
  }
}
