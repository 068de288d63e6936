package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.api.ApiConfig;
import io.homeport.api.ApiServer;
import io.homeport.api.Backend;
import io.homeport.api.access.Access;
import io.homeport.api.access.AccessSettings;
import io.homeport.runtime.Leadership;
import io.homeport.store.SqliteStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server's own loop, store, API and web UI in this process, on a {@link ProcesslessCluster}.
 */
final class CrowdedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SqliteStore store;
  private final ProcesslessCluster cluster;
  private final Leadership leadership;
  private final ApiServer api;
  private final HttpClient client = HttpClient.newHttpClient();

  CrowdedServer(Path directory, int agents) throws Exception {
    this.store = SqliteStore.open(directory.resolve("homeport.db"));
    this.cluster = new ProcesslessCluster(agents);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.leadership =
        Leadership.begin(
            store,
            cluster,
            Leadership.Settings.standard(
                meters,
                why -> {
                  throw new IllegalStateException(why);
                }));
    Access access =
        Access.open(
            new AccessSettings(
                "127.0.0.1",
                false,
                true,
                directory.resolve("token"),
                Optional.empty(),
                false,
                List.of()));
    ApiConfig config =
        new ApiConfig(
            "127.0.0.1",
            0,
            "homeport",
            "crowded",
            List.of(),
            store.description(),
            leadership.readOnly());
    this.api =
        new ApiServer(
            new Backend(
                leadership.loop(),
                leadership.journal(),
                cluster,
                config,
                tasks -> Optional.of("the test ends it"),
                (state, out) -> {}),
            meters,
            access::protect,
            socket -> {});
  }

  int port() {
    return api.port();
  }

  JsonNode send(String method, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": " + response.body());
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /** Waits until the apps are as they are wanted. */
  void awaitNoDeployments() throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!send("GET", "/v2/deployments", "").isEmpty()) {
      assertThat(Instant.now()).as("the apps run").isBefore(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() {
    client.close();
    api.close();
    leadership.close();
    cluster.close();
    store.close();
  }
}
