package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** App definitions of a Marathon come in, once; its answer is put together from recorded ones. */
class MarathonImportIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BASIC = "Basic b3BzOnMzY3JldA=="; // ops:s3cret

  @TempDir Path dir;
  private HttpServer marathon;
  private ObjectNode root;

  @BeforeEach
  void serve() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("recordings/groups.json"))) {
      root = (ObjectNode) JSON.readTree(in);
    }
    marathon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    marathon.createContext(
        "/v2/groups",
        exchange -> {
          boolean known = BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = root.toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(known ? 200 : 401, known ? body.length : -1);
          if (known) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    marathon.start();
  }

  @AfterEach
  void stop() {
    marathon.stop(0);
  }

  private CommandLineProcess run(ServerProcess server, String... more) throws IOException {
    Path password = Files.writeString(dir.resolve("password"), "s3cret\n");
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "import", "marathon", "http://127.0.0.1:" + marathon.getAddress().getPort() + "/"));
    if (!List.of(more).contains("--anonymous")) {
      arguments.addAll(
          List.of("--marathon-user", "ops", "--marathon-password-file", password.toString()));
      arguments.addAll(List.of(more));
    }
    return CommandLineProcess.on(server, arguments.toArray(String[]::new));
  }

  private static List<String> outcomes(JsonNode report) {
    return ServerProcess.list(report.path("apps")).stream()
        .map(app -> app.path("id").asString() + " " + app.path("outcome").asString())
        .sorted()
        .toList();
  }

  /** The stateful app says what Marathon accepted, and what Homeport does not do. */
  private void demandMore() {
    ObjectNode database = (ObjectNode) root.at("/apps/0");
    ((ObjectNode) database.path("residency")).put("taskLostBehavior", "RELAUNCH_AFTER_TIMEOUT");
    ObjectNode web = (ObjectNode) root.at("/apps/1");
    web.putObject("secrets").putObject("password").put("source", "/web/password");
    web.putArray("dependencies").add("/pv");
  }

  @Test
  void definitionsComeInSuspendedAndARepetitionChangesNothing() throws Exception {
    demandMore();
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      CommandLineProcess anonymous = run(server, "--anonymous");
      assertThat(anonymous.status()).isEqualTo(6);
      assertThat(anonymous.output()).contains("401", "--marathon-user");

      CommandLineProcess plan = run(server, "--dry-run");
      assertThat(plan.status()).as(plan.output()).isZero();
      assertThat(plan.output())
          .contains("create, suspended", "RELAUNCH_AFTER_TIMEOUT becomes WAIT_FOREVER")
          .contains("/web: /secrets is not carried over", "/web: /dependencies is not carried")
          .contains("/pod: a pod", "/shop/front: /dependencies", "Nothing was done");
      assertThat(server.get("/v2/apps").body().path("apps")).isEmpty();

      CommandLineProcess done = run(server, "-o", "json");
      assertThat(done.status()).as(done.output()).isZero();
      JsonNode report = JSON.readTree(done.output());
      assertThat(outcomes(report))
          .containsExactly(
              "/hc created",
              "/pv created",
              "/shop/db/pg created",
              "/shop/front/web created",
              "/web created");
      assertThat(report.path("pods").toString()).isEqualTo("[\"/pod\"]");
      JsonNode database = server.get("/v2/apps/pv").body().path("app");
      assertThat(database.path("instances").asInt()).isZero();
      assertThat(database.at("/residency/taskLostBehavior").asString()).isEqualTo("WAIT_FOREVER");
      assertThat(database.at("/container/volumes/0/persistent/size").asInt()).isEqualTo(16);

      server.put("/v2/apps/shop/db/pg", "{\"instances\": 1}");
      server.put("/v2/apps/hc", "{\"cmd\": \"sleep 1\"}");
      JsonNode again = JSON.readTree(run(server, "-o", "json").output());
      assertThat(outcomes(again))
          .containsExactly(
              "/hc different", "/pv same", "/shop/db/pg same", "/shop/front/web same", "/web same");
      assertThat(server.get("/v2/apps/hc").body().at("/app/cmd").asString()).isEqualTo("sleep 1");
    }
  }

  @Test
  void instancesAndTheTimeoutComeAlongWhereThatIsAskedForAndNothingIsLost() throws Exception {
    demandMore();
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      CommandLineProcess done = run(server, "--with-instances", "--keep-relaunch-after-timeout");
      assertThat(done.status()).as(done.output()).isZero();
      assertThat(done.output()).contains("is kept, and acted on", "5 apps were created");
      JsonNode database = server.get("/v2/apps/pv").body().path("app");
      assertThat(database.path("instances").asInt()).isEqualTo(2);
      assertThat(database.at("/residency/taskLostBehavior").asString())
          .isEqualTo("RELAUNCH_AFTER_TIMEOUT");
      assertThat(server.get("/v2/apps/web").body().at("/app/instances").asInt())
          .as("it lost something")
          .isZero();
      server.awaitRunning("/pv", 2);
    }
  }
}
