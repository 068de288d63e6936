package io.homeport.mesos;

import io.homeport.model.HealthCheck;
import io.homeport.model.PortMapping;
import io.homeport.model.TaskLaunch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.CommandInfo;

/** Health checks that Mesos's executors run. They end the task by themselves at the threshold. */
final class HealthCheckInfos {
  private static final double MILLIS = 1000;

  private HealthCheckInfos() {}

  /** Whether Homeport runs a check itself, from its own machine. */
  static boolean isOurs(HealthCheck check) {
    return switch (check.protocol()) {
      case HTTP, HTTPS, TCP -> true;
      case COMMAND, MESOS_HTTP, MESOS_HTTPS, MESOS_TCP -> false;
    };
  }

  /**
   * The check that a task's executor runs. Mesos runs one for each task; Marathon's documentation
   * allows no more either.
   */
  static Optional<Protos.HealthCheck> of(TaskLaunch launch) {
    return launch.app().healthChecks().stream()
        .filter(check -> !isOurs(check))
        .findFirst()
        .map(check -> translated(check, launch));
  }

  private static Protos.HealthCheck translated(HealthCheck check, TaskLaunch launch) {
    Protos.HealthCheck.Builder health =
        Protos.HealthCheck.newBuilder()
            .setDelaySeconds(seconds(check.delay()))
            .setGracePeriodSeconds(seconds(check.gracePeriod()))
            .setIntervalSeconds(seconds(check.interval()))
            .setTimeoutSeconds(seconds(check.timeout()))
            .setConsecutiveFailures(
                check.maxConsecutiveFailures() == 0
                    ? Integer.MAX_VALUE // never, which Mesos has no word for
                    : check.maxConsecutiveFailures());
    switch (check.protocol()) {
      case COMMAND ->
          health
              .setType(Protos.HealthCheck.Type.COMMAND)
              .setCommand(
                  CommandInfo.newBuilder().setShell(true).setValue(check.command().orElse("true")));
      case MESOS_TCP, TCP -> {
        health.setType(Protos.HealthCheck.Type.TCP);
        health.getTcpBuilder().setPort(port(check, launch));
        if (check.ipv6()) {
          health.getTcpBuilder().setProtocol(Protos.NetworkInfo.Protocol.IPv6);
        }
      }
      case MESOS_HTTP, MESOS_HTTPS, HTTP, HTTPS -> {
        health.setType(Protos.HealthCheck.Type.HTTP);
        boolean tls = check.protocol() == HealthCheck.Protocol.MESOS_HTTPS;
        health
            .getHttpBuilder()
            .setPort(port(check, launch))
            .setScheme(tls ? "https" : "http")
            .setPath(check.path().orElse("/"));
        if (check.ipv6()) {
          health.getHttpBuilder().setProtocol(Protos.NetworkInfo.Protocol.IPv6);
        }
      }
    }
    return health.build();
  }

  /** Inside a network of its own a task is reached at its container port. */
  private static int port(HealthCheck check, TaskLaunch launch) {
    if (check.port().isPresent()) {
      return check.port().get();
    }
    int index = check.portIndex().orElse(0);
    List<PortMapping> mappings =
        launch.app().container().map(container -> container.portMappings()).orElse(List.of());
    if (!TaskInfos.isOnHostNetwork(launch.app()) && index < mappings.size()) {
      int inside = mappings.get(index).containerPort();
      if (inside != 0) {
        return inside;
      }
    }
    return index < launch.ports().size() ? launch.ports().get(index) : 0;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
