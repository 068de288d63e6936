package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.Container;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.state.DurableState;
import io.homeport.state.ServicePortUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Service ports: numbers under which load balancers offer an app, unique over all apps. Where a
 * definition leaves one open (0), the lowest free one of Marathon's range is chosen, and kept.
 */
final class ServicePorts {
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
    ServicePortUse others = before.map(state.servicePorts()::minus).orElse(state.servicePorts());
    Choice choice = new Choice(others.plus(wanted));
    List<PortDefinition> earlier = before.map(AppDefinition::portDefinitions).orElse(List.of());
    List<PortDefinition> ports = new ArrayList<>();
    for (PortDefinition port : wanted.portDefinitions()) {
      int index = ports.size();
      int kept = index < earlier.size() ? earlier.get(index).port() : 0;
      ports.add(
          port.port() != 0 || wanted.requirePorts() ? port : port.withPort(choice.next(kept)));
    }
    List<PortMapping> earlierMappings = before.map(ServicePorts::mappings).orElse(List.of());
    List<PortMapping> mapped = new ArrayList<>();
    for (PortMapping mapping : mappings(wanted)) {
      int index = mapped.size();
      int kept = index < earlierMappings.size() ? earlierMappings.get(index).servicePort() : 0;
      mapped.add(mapping.servicePort() != 0 ? mapping : mapping.withServicePort(choice.next(kept)));
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

  /** Chooses ports one after the other, none twice and none that another app uses. */
  private static final class Choice {
    private ServicePortUse taken;

    Choice(ServicePortUse taken) {
      this.taken = taken;
    }

    /** The one that is kept, if it is free, else the lowest free one, and 0 when there is none. */
    int next(int kept) {
      int chosen = kept != 0 && !taken.isUsed(kept) ? kept : taken.lowestFree().orElse(0);
      if (chosen != 0) {
        taken = taken.plus(chosen);
      }
      return chosen;
    }
  }
}
