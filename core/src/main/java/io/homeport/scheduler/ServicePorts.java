package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.Container;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.state.App;
import io.homeport.state.DurableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Service ports: numbers under which load balancers offer an app, unique over all apps. Where a
 * definition leaves one open (0), the lowest free one of Marathon's range is chosen, and kept.
 */
final class ServicePorts {
  /** Marathon's defaults for {@code --local_port_min} and {@code --local_port_max}. */
  private static final int FIRST = 10_000;

  private static final int LAST = 20_000;

  private ServicePorts() {}

  static AppDefinition assigned(
      DurableState state, Optional<AppDefinition> before, AppDefinition wanted) {
    boolean open =
        (!wanted.requirePorts()
                && wanted.portDefinitions().stream().anyMatch(port -> port.port() == 0))
            || mappings(wanted).stream().anyMatch(mapping -> mapping.servicePort() == 0);
    if (!open) {
      return wanted;
    }
    SortedSet<Integer> taken = taken(state, wanted);
    List<PortDefinition> earlier = before.map(AppDefinition::portDefinitions).orElse(List.of());
    List<PortDefinition> ports = new ArrayList<>();
    for (PortDefinition port : wanted.portDefinitions()) {
      int index = ports.size();
      int kept = index < earlier.size() ? earlier.get(index).port() : 0;
      ports.add(
          port.port() != 0 || wanted.requirePorts() ? port : port.withPort(choose(kept, taken)));
    }
    List<PortMapping> earlierMappings = before.map(ServicePorts::mappings).orElse(List.of());
    List<PortMapping> mapped = new ArrayList<>();
    for (PortMapping mapping : mappings(wanted)) {
      int index = mapped.size();
      int kept = index < earlierMappings.size() ? earlierMappings.get(index).servicePort() : 0;
      mapped.add(
          mapping.servicePort() != 0 ? mapping : mapping.withServicePort(choose(kept, taken)));
    }
    return wanted.withPorts(
        ports, wanted.container().map(container -> withMappings(container, mapped)));
  }

  private static List<PortMapping> mappings(AppDefinition app) {
    return app.container().map(Container::portMappings).orElse(List.of());
  }

  private static Container withMappings(Container container, List<PortMapping> mapped) {
    return new Container(
        container.type(),
        container.image(),
        container.persistentVolumes(),
        container.hostVolumes(),
        mapped);
  }

  private static SortedSet<Integer> taken(DurableState state, AppDefinition wanted) {
    SortedSet<Integer> taken = new TreeSet<>();
    for (App app : state.apps().values()) {
      if (!app.id().equals(wanted.id())) {
        addPorts(app.definition(), taken);
      }
    }
    addPorts(wanted, taken);
    return taken;
  }

  private static void addPorts(AppDefinition app, SortedSet<Integer> taken) {
    app.portDefinitions().forEach(port -> taken.add(port.port()));
    mappings(app).forEach(mapping -> taken.add(mapping.servicePort()));
  }

  private static int choose(int kept, SortedSet<Integer> taken) {
    if (kept != 0 && taken.add(kept)) {
      return kept;
    }
    for (int port = FIRST; port <= LAST; port++) {
      if (taken.add(port)) {
        return port;
      }
    }
    return 0;
  }
}
