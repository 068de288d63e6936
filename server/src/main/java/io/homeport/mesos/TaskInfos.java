package io.homeport.mesos;

import io.homeport.model.AppDefinition;
import io.homeport.model.FetchUri;
import io.homeport.model.Network;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.RunCommand;
import io.homeport.model.TaskLaunch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.DiscoveryInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.Labels;
import org.apache.mesos.v1.Protos.Port;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;

/** What Mesos is told of a task: the fields that Marathon sets, as Marathon sets them. */
final class TaskInfos {
  /** Ends on SIGTERM at once, and never by itself. */
  private static final String PAUSE = "exec sleep 2147483647";

  private TaskInfos() {}

  /**
   * A task.
   *
   * @param launch the task
   * @param resources what it uses
   */
  static TaskInfo of(TaskLaunch launch, List<Resource> resources) {
    AppDefinition app = launch.app();
    TaskInfo.Builder task = TaskInfo.newBuilder();
    task.setName(name(app));
    task.getTaskIdBuilder().setValue(launch.task().value());
    task.getAgentIdBuilder().setValue(launch.agent().value());
    task.addAllResources(resources);
    task.setCommand(command(launch));
    ContainerInfos.of(launch).ifPresent(task::setContainer);
    HealthCheckInfos.of(launch).ifPresent(task::setHealthCheck);
    app.killGracePeriod().ifPresent(grace -> task.setKillPolicy(killPolicy(grace)));
    if (!app.labels().isEmpty()) {
      task.setLabels(labels(app.labels()));
    }
    List<Port> ports = discovered(launch);
    if (!ports.isEmpty()) {
      task.setDiscovery(discovery(app, ports));
    }
    return task.build();
  }

  /** The app's name the way hosts are named: {@code samson.sesame} for {@code /sesame/samson}. */
  private static String name(AppDefinition app) {
    return String.join(".", app.id().segments().reversed());
  }

  /** How long a task may take to end when it is asked politely. */
  static KillPolicy killPolicy(Duration grace) {
    return KillPolicy.newBuilder()
        .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()))
        .build();
  }

  /** Labels in Mesos's form. */
  static Labels labels(SortedMap<String, String> labels) {
    Labels.Builder builder = Labels.newBuilder();
    labels.forEach((key, value) -> builder.addLabelsBuilder().setKey(key).setValue(value));
    return builder.build();
  }

  private static CommandInfo command(TaskLaunch launch) {
    AppDefinition app = launch.app();
    boolean image = app.container().flatMap(container -> container.image()).isPresent();
    CommandInfo.Builder command = CommandInfo.newBuilder();
    switch (app.command()) {
      case RunCommand.Shell(String line) -> command.setShell(true).setValue(line);
      case RunCommand.Pause _ -> command.setShell(true).setValue(PAUSE);
      case RunCommand.ImageDefault _ -> command.setShell(false);
      case RunCommand.Exec(List<String> args) -> {
        command.setShell(false).addAllArguments(args);
        if (!image) {
          command.setValue(args.getFirst());
        }
      }
    }
    app.user().ifPresent(command::setUser);
    launch
        .env()
        .forEach(
            (name, value) ->
                command
                    .getEnvironmentBuilder()
                    .addVariablesBuilder()
                    .setName(name)
                    .setValue(value));
    app.fetch().forEach(uri -> command.addUris(uri(uri)));
    return command.build();
  }

  private static CommandInfo.URI uri(FetchUri uri) {
    CommandInfo.URI.Builder builder =
        CommandInfo.URI
            .newBuilder()
            .setValue(uri.uri())
            .setExtract(uri.extract())
            .setExecutable(uri.executable())
            .setCache(uri.cache());
    uri.destPath().ifPresent(builder::setOutputFile);
    return builder.build();
  }

  private static DiscoveryInfo discovery(AppDefinition app, List<Port> ports) {
    DiscoveryInfo.Builder discovery =
        DiscoveryInfo.newBuilder()
            .setName(name(app))
            .setVisibility(DiscoveryInfo.Visibility.FRAMEWORK);
    discovery.getPortsBuilder().addAllPorts(ports);
    return discovery.build();
  }

  private static List<Port> discovered(TaskLaunch launch) {
    AppDefinition app = launch.app();
    List<Port> ports = new ArrayList<>();
    List<PortMapping> mappings =
        app.container().map(container -> container.portMappings()).orElse(List.of());
    int host = 0;
    for (PortMapping mapping : mappings) {
      boolean outside = mapping.hostPort().isPresent() && host < launch.ports().size();
      int number = outside ? launch.ports().get(host++) : mapping.containerPort();
      add(
          ports,
          number,
          mapping.name().orElse(""),
          mapping.protocol(),
          mapping.labels(),
          outside ? "host" : "container");
    }
    if (mappings.isEmpty() && isOnHostNetwork(app)) {
      List<PortDefinition> definitions = app.portDefinitions();
      for (int index = 0; index < Math.min(definitions.size(), launch.ports().size()); index++) {
        PortDefinition port = definitions.get(index);
        add(
            ports,
            launch.ports().get(index),
            port.name().orElse(""),
            port.protocol(),
            port.labels(),
            "");
      }
    }
    return ports;
  }

  /** Whether tasks use the agent's own network. */
  static boolean isOnHostNetwork(AppDefinition app) {
    return app.networks().stream().allMatch(network -> network.mode() == Network.Mode.HOST);
  }

  /** One entry per protocol; {@code network-scope} says which of its addresses a port is at. */
  private static void add(
      List<Port> ports,
      int number,
      String name,
      String protocols,
      SortedMap<String, String> labels,
      String scope) {
    for (String protocol : protocols.split(",")) {
      Port.Builder port = Port.newBuilder().setNumber(number).setProtocol(protocol);
      if (!name.isEmpty()) {
        port.setName(name);
      }
      Labels.Builder all = labels(labels).toBuilder();
      if (!scope.isEmpty()) {
        all.addLabelsBuilder().setKey("network-scope").setValue(scope);
      }
      if (all.getLabelsCount() > 0) {
        port.setLabels(all);
      }
      ports.add(port.build());
    }
  }
}
