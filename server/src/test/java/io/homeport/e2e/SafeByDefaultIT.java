package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call a server that was told nothing about it; and the command line finds its way in. */
class SafeByDefaultIT {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  @TempDir Path dir;

  /** How a run of the program ended, and what it said. */
  private record Run(int status, String output) {}

  private static Run homeport(Path dataDir, int port, String... arguments)
      throws IOException, InterruptedException {
    Path target = Path.of("target").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(target.resolve("classes") + ":" + target.resolve("lib") + "/*");
    command.add("io.homeport.Main");
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOMEPORT_"));
    if (port > 0) {
      builder.environment().put("HOMEPORT_URL", "http://127.0.0.1:" + port);
      builder.environment().put("HOMEPORT_DATA_DIR", dataDir.toString());
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  @Test
  void rootsServerWantsItsTokenWhichTheCommandLineFinds() throws Exception {
    Path data = dir.resolve("data");
    try (ServerProcess server = ServerProcess.startProtected(data)) {
      assertThat(server.get("/v2/apps").status()).isEqualTo(ROOT ? 401 : 200);
      assertThat(server.post("/v2/apps", "{\"id\": \"/x\", \"cmd\": \"true\"}").status())
          .isEqualTo(ROOT ? 401 : 201);
      assertThat(server.get("/metrics").status()).isEqualTo(ROOT ? 401 : 200);
      assertThat(Files.exists(data.resolve("token"))).isEqualTo(ROOT);
      Run list = homeport(data, server.port(), "apps", "list");
      assertThat(list.status()).as(list.output()).isZero();
      Run stop = homeport(data, server.port(), "stop", "--tasks");
      assertThat(stop.output()).contains("All tasks have ended");
    }
  }

  @Test
  void otherAddressesNeedCredentials() throws Exception {
    Run refused =
        homeport(
            dir,
            0,
            "server",
            "--http-address",
            "0.0.0.0",
            "--data-dir",
            dir.resolve("d").toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).contains("--credentials", "--insecure").doesNotContain("\tat ");
  }

  @Test
  void unknownFlagsAndVariablesAreErrorsThatSuggest() throws Exception {
    Run flag = homeport(dir, 0, "server", "--http-prot", "1");
    assertThat(flag.status()).isEqualTo(2);
    assertThat(flag.output()).contains("--http-prot", "--http-port");
  }

  @Test
  void aDataDirectoryBelongsToOneServer() throws Exception {
    Path data = dir.resolve("data");
    try (ServerProcess server = ServerProcess.start(data)) {
      Run second = homeport(dir, 0, "server", "--data-dir", data.toString(), "--http-port", "0");
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.output()).contains("is in use by process").doesNotContain("\tat ");
      assertThat(server.get("/ping").status()).isEqualTo(200);
    }
  }
}
