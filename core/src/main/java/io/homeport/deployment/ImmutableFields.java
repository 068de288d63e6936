package io.homeport.deployment;

import io.homeport.model.AppDefinition;
import io.homeport.model.Container;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortMapping;
import io.homeport.model.Resources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What may not change once an app with persistent volumes was launched: the volumes themselves, and
 * everything that its reservations hold beside them. As in Marathon the rule applies if the old or
 * the new definition is stateful, and the messages are Marathon's (recorded of version 1.11).
 */
public final class ImmutableFields {
  private static final String VOLUMES = "Persistent volumes can not be changed!";
  private static final String RESOURCES =
      "Services with persistent volumes configured may not change resource requirements."
          + " If you need to make this change, please create a new service.";
  private static final String HOST_PORTS =
      "Services with persistent volumes configured may not change host ports."
          + " If you need to make this change, please create a new service.";

  private ImmutableFields() {}

  /**
   * One forbidden change.
   *
   * @param path the JSON path of the field within the app, such as {@code /cpus}
   * @param message what is forbidden, and what to do instead
   */
  public record Violation(String path, String message) {}

  /**
   * Every change between two definitions of an app that its volumes forbid.
   *
   * @param current what the app is
   * @param wanted what it is to be
   * @return the forbidden changes in the order of Marathon's checks; empty when all is allowed, or
   *     when neither definition has persistent volumes
   */
  public static List<Violation> violations(AppDefinition current, AppDefinition wanted) {
    if (!current.isStateful() && !wanted.isStateful()) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    if (!sameVolumes(current.persistentVolumes(), wanted.persistentVolumes())) {
      violations.add(new Violation("/container/volumes", VOLUMES));
    }
    addResources(current.resources(), wanted.resources(), violations);
    if (current.requirePorts() != wanted.requirePorts()) {
      violations.add(new Violation("/requirePorts", RESOURCES));
    }
    if (!hostPorts(current).equals(hostPorts(wanted))) {
      violations.add(new Violation(pathOfPorts(wanted), HOST_PORTS));
    }
    if (!current.role().equals(wanted.role())) {
      violations.add(
          new Violation(
              "/role",
              "It is not possible to change the role for existing reservations: expected "
                  + current.role()
                  + ", found "
                  + wanted.role()
                  + ". To use another role, please create a new service."));
    }
    return violations;
  }

  /** The order in which volumes are listed means nothing: each is found by its container path. */
  private static boolean sameVolumes(
      List<PersistentVolumeSpec> current, List<PersistentVolumeSpec> wanted) {
    return current.size() == wanted.size() && new HashSet<>(current).equals(new HashSet<>(wanted));
  }

  private static void addResources(
      Resources current, Resources wanted, List<Violation> violations) {
    record Amount(String path, double current, double wanted) {}
    for (Amount amount :
        List.of(
            new Amount("/cpus", current.cpus(), wanted.cpus()),
            new Amount("/mem", current.mem(), wanted.mem()),
            new Amount("/disk", current.disk(), wanted.disk()),
            new Amount("/gpus", current.gpus(), wanted.gpus()))) {
      if (amount.current() != amount.wanted()) {
        violations.add(new Violation(amount.path(), RESOURCES));
      }
    }
  }

  /**
   * The host ports a reservation holds, 0 for "any". Their order matters, because a task sees them
   * as {@code PORT0}, {@code PORT1} and so on; their names and service ports do not.
   */
  private static List<Integer> hostPorts(AppDefinition app) {
    return app.wantedPorts().stream().map(AppDefinition.WantedPort::number).toList();
  }

  private static String pathOfPorts(AppDefinition app) {
    List<PortMapping> mappings = app.container().map(Container::portMappings).orElse(List.of());
    return mappings.isEmpty() ? "/portDefinitions" : "/container/portMappings";
  }
}
