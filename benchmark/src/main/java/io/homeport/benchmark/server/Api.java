package io.homeport.benchmark.server;

import io.homeport.api.ApiConfig;
import io.homeport.api.ApiServer;
import io.homeport.api.Backend;
import io.homeport.runtime.Cluster;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;

/** The production API of an installation, on a free port of the loopback interface. */
record Api(ApiServer server) implements AutoCloseable {
  static Api of(Installation installation, Cluster cluster) {
    ApiConfig config =
        new ApiConfig(
            "127.0.0.1", 0, "homeport", "benchmark", List.of(), "benchmark", Optional.empty());
    Backend backend =
        new Backend(
            installation.leadership().loop(),
            installation.leadership().journal(),
            cluster,
            config,
            tasks -> Optional.of("not here"),
            (snapshot, out) -> {});
    return new Api(
        new ApiServer(
            backend,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            routing -> {},
            socket -> {}));
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
