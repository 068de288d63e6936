package io.homeport.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The forbidden changes, with the messages of Marathon's recorded answers. */
class ImmutableFieldsTest {
  private static final String RESOURCES =
      "Services with persistent volumes configured may not change resource requirements. If you"
          + " need to make this change, please create a new service.";
  private static final String HOST_PORTS =
      "Services with persistent volumes configured may not change host ports. If you need to make"
          + " this change, please create a new service.";
  private static final Resources SMALL = new Resources(0.1, 32, 0, 0);

  @Test
  void sameDefinitionBreaksNothing() {
    AppDefinition app = app(SMALL, volumes("data", 16), List.of(port(0)), false, "homeport");
    assertThat(ImmutableFields.violations(app, app)).isEmpty();
  }

  @Test
  void statelessAppsMayChangeEverything() {
    AppDefinition before = app(SMALL, List.of(), List.of(port(80)), true, "homeport");
    AppDefinition after = app(new Resources(2, 64, 5, 1), List.of(), List.of(), false, "other");
    assertThat(ImmutableFields.violations(before, after)).isEmpty();
  }

  @Test
  void everyForbiddenChangeIsNamedAtOnce() {
    AppDefinition before = app(SMALL, volumes("data", 16), List.of(port(80)), true, "homeport");
    AppDefinition after =
        app(
            new Resources(0.2, 64, 10, 1),
            volumes("data", 32),
            List.of(port(0), port(0)),
            false,
            "other");
    assertThat(ImmutableFields.violations(before, after))
        .containsExactly(
            violation("/container/volumes", "Persistent volumes can not be changed!"),
            violation("/cpus", RESOURCES),
            violation("/mem", RESOURCES),
            violation("/disk", RESOURCES),
            violation("/gpus", RESOURCES),
            violation("/requirePorts", RESOURCES),
            violation("/portDefinitions", HOST_PORTS),
            violation(
                "/role",
                "It is not possible to change the role for existing reservations: expected"
                    + " homeport, found other. To use another role, please create a new service."));
  }

  @Test
  void volumesMayNeitherComeNorGo() {
    AppDefinition without = app(SMALL, List.of(), List.of(), false, "homeport");
    AppDefinition with = app(SMALL, volumes("data", 16), List.of(), false, "homeport");
    List<ImmutableFields.Violation> expected =
        List.of(violation("/container/volumes", "Persistent volumes can not be changed!"));
    assertThat(ImmutableFields.violations(without, with)).isEqualTo(expected);
    assertThat(ImmutableFields.violations(with, without)).isEqualTo(expected);
  }

  @Test
  void orderOfVolumesMeansNothing() {
    List<PersistentVolumeSpec> two = List.of(volume("a", 1), volume("b", 2));
    AppDefinition before = app(SMALL, two, List.of(), false, "homeport");
    AppDefinition after = app(SMALL, two.reversed(), List.of(), false, "homeport");
    assertThat(ImmutableFields.violations(before, after)).isEmpty();
  }

  @Test
  void servicePortsMayChangeWhileTheyAreNotHostPorts() {
    AppDefinition before = app(SMALL, volumes("data", 1), List.of(port(10_000)), false, "homeport");
    AppDefinition after = app(SMALL, volumes("data", 1), List.of(port(0)), false, "homeport");
    assertThat(ImmutableFields.violations(before, after)).isEmpty();
  }

  @Test
  void hostPortsOfMappingsAreNamedWhereTheyStand() {
    AppDefinition before = app(SMALL, volumes("data", 1), List.of(), false, "homeport");
    AppDefinition after = withMapping(before, 31_000);
    assertThat(ImmutableFields.violations(withMapping(before, 0), after))
        .containsExactly(violation("/container/portMappings", HOST_PORTS));
    assertThat(ImmutableFields.violations(after, after)).isEmpty();
  }

  private static AppDefinition withMapping(AppDefinition app, int hostPort) {
    PortMapping mapping =
        new PortMapping(
            80, Optional.of(hostPort), 0, "tcp", Optional.empty(), Collections.emptySortedMap());
    return app.withPorts(
        List.of(),
        app.container()
            .map(
                container ->
                    new Container(
                        container.type(),
                        container.image(),
                        container.persistentVolumes(),
                        container.hostVolumes(),
                        List.of(mapping))));
  }

  private static ImmutableFields.Violation violation(String path, String message) {
    return new ImmutableFields.Violation(path, message);
  }

  private static PortDefinition port(int number) {
    return new PortDefinition(number, "tcp", Optional.empty(), Collections.emptySortedMap());
  }

  private static List<PersistentVolumeSpec> volumes(String path, double sizeMib) {
    return List.of(volume(path, sizeMib));
  }

  private static PersistentVolumeSpec volume(String path, double sizeMib) {
    return new PersistentVolumeSpec(
        path, AccessMode.RW, DiskType.ROOT, sizeMib, Optional.empty(), Optional.empty(), List.of());
  }

  private static AppDefinition app(
      Resources resources,
      List<PersistentVolumeSpec> volumes,
      List<PortDefinition> ports,
      boolean requirePorts,
      String role) {
    return new AppDefinition(
        new AppId("/db"),
        new RunCommand.Shell("sleep 1"),
        Optional.empty(),
        new TreeMap<>(),
        1,
        resources,
        Optional.of(
            new Container(ContainerType.MESOS, Optional.empty(), volumes, List.of(), List.of())),
        List.of(Network.HOST),
        ports,
        requirePorts,
        List.of(),
        List.of(),
        List.of(),
        UpgradeStrategy.STATEFUL,
        BackoffStrategy.DEFAULT,
        new TreeMap<>(),
        List.of(),
        role,
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
