package io.homeport.mesos;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskSource;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Pool;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.TaskInfo;

/** The app whose launch a task description is. */
final class ModelApps {
  private static final double MILLIS = 1000;

  private ModelApps() {}

  /** The app of a task without an image. */
  static AppDefinition of(TaskInfo info, Pool pool) {
    TreeMap<String, String> labels = new TreeMap<>();
    info.getLabels().getLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
    List<String> segments = Arrays.asList(info.getName().split("\\."));
    Collections.reverse(segments);
    Optional<Duration> grace =
        info.hasKillPolicy()
            ? Optional.of(Duration.ofNanos(info.getKillPolicy().getGracePeriod().getNanoseconds()))
            : Optional.empty();
    return new AppDefinition(
        new AppId("/" + String.join("/", segments)),
        command(info.getCommand()),
        info.getCommand().hasUser() ? Optional.of(info.getCommand().getUser()) : Optional.empty(),
        new TreeMap<>(),
        1,
        pool.resources(),
        container(info),
        List.of(Network.HOST),
        List.of(),
        false,
        List.of(),
        info.getCommand().getUrisList().stream().map(ModelApps::uri).toList(),
        info.hasHealthCheck() ? List.of(check(info.getHealthCheck())) : List.of(),
        new UpgradeStrategy(0.5, 0),
        BackoffStrategy.DEFAULT,
        labels,
        List.of(),
        "homeport",
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        grace,
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static RunCommand command(CommandInfo command) {
    if (command.getShell()) {
      return new RunCommand.Shell(command.getValue());
    }
    return command.getArgumentsCount() == 0
        ? new RunCommand.ImageDefault()
        : new RunCommand.Exec(command.getArgumentsList());
  }

  private static Optional<Container> container(TaskInfo info) {
    List<PersistentVolumeSpec> volumes =
        info.getResourcesList().stream()
            .filter(resource -> resource.getDisk().hasPersistence())
            .map(
                resource ->
                    new PersistentVolumeSpec(
                        resource.getDisk().getVolume().getContainerPath(),
                        AccessMode.RW,
                        Disks.source(resource).orElse(DiskSource.ROOT).type(),
                        resource.getScalar().getValue(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()))
            .toList();
    return volumes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Container(ContainerType.MESOS, Optional.empty(), volumes, List.of(), List.of()));
  }

  private static FetchUri uri(CommandInfo.URI uri) {
    return new FetchUri(
        uri.getValue(),
        uri.getExtract(),
        uri.getExecutable(),
        uri.getCache(),
        uri.hasOutputFile() ? Optional.of(uri.getOutputFile()) : Optional.empty());
  }

  private static HealthCheck check(Protos.HealthCheck check) {
    HealthCheck.Protocol protocol =
        switch (check.getType()) {
          case COMMAND -> HealthCheck.Protocol.COMMAND;
          case TCP -> HealthCheck.Protocol.MESOS_TCP;
          case HTTP, UNKNOWN ->
              check.getHttp().getScheme().equals("https")
                  ? HealthCheck.Protocol.MESOS_HTTPS
                  : HealthCheck.Protocol.MESOS_HTTP;
        };
    int port = check.hasTcp() ? check.getTcp().getPort() : check.getHttp().getPort();
    return new HealthCheck(
        protocol,
        check.hasHttp() ? Optional.of(check.getHttp().getPath()) : Optional.empty(),
        check.hasCommand() ? Optional.of(check.getCommand().getValue()) : Optional.empty(),
        Optional.empty(),
        port == 0 ? Optional.empty() : Optional.of(port),
        seconds(check.getGracePeriodSeconds()),
        seconds(check.getIntervalSeconds()),
        seconds(check.getTimeoutSeconds()),
        check.getConsecutiveFailures() == Integer.MAX_VALUE ? 0 : check.getConsecutiveFailures(),
        seconds(check.getDelaySeconds()),
        false,
        false);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * MILLIS));
  }
}
