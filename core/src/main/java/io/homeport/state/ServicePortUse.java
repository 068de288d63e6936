package io.homeport.state;

import io.homeport.model.AppDefinition;
import io.homeport.model.Container;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.PortRange;
import io.homeport.model.PortRanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Which service ports the current definitions of all apps use. It is kept up to date one app at a
 * time, so that a free one is found without a walk through all of many apps.
 *
 * @param counts how many definitions name a port, with the same number twice in one counted twice;
 *     never 0
 * @param free those that nobody uses of the range that Homeport chooses from
 */
public record ServicePortUse(TreePMap<Integer, Integer> counts, PortRanges free) {
  /** Marathon's defaults for {@code --local_port_min} and {@code --local_port_max}. */
  private static final PortRange RANGE = new PortRange(10_000, 20_000);

  /** No port is used. */
  public static final ServicePortUse NONE =
      new ServicePortUse(TreePMap.empty(), new PortRanges(List.of(RANGE)));

  /** The ports of all apps. */
  static ServicePortUse of(Collection<App> apps) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (App app : apps) {
      portsOf(app).forEach(port -> counts.merge(port, 1, Integer::sum));
    }
    return new ServicePortUse(
        TreePMap.from(counts), NONE.free.minus(PortRanges.ofPorts(counts.keySet())));
  }

  /**
   * Whether an app uses a port.
   *
   * @param port the port
   */
  public boolean isUsed(int port) {
    return counts.containsKey(port);
  }

  /** The lowest one that nobody uses; none when all are used. */
  public Optional<Integer> lowestFree() {
    return free.isEmpty() ? Optional.empty() : Optional.of(free.ranges().getFirst().begin());
  }

  /**
   * The same with one use more of a port.
   *
   * @param port the port
   */
  public ServicePortUse plus(int port) {
    int count = count(port);
    return new ServicePortUse(
        counts.plus(port, count + 1), count == 0 ? free.minus(PortRanges.of(port, port)) : free);
  }

  /**
   * The same with all ports of a definition used once more.
   *
   * @param app the definition
   */
  public ServicePortUse plus(AppDefinition app) {
    return plus(portsOf(app));
  }

  /**
   * The same without the ports of a definition, which must be among them.
   *
   * @param app the definition
   */
  public ServicePortUse minus(AppDefinition app) {
    return minus(portsOf(app));
  }

  /** The same once an app has become another, or has come or gone. */
  ServicePortUse after(@Nullable App before, @Nullable App after) {
    List<Integer> earlier = portsOf(before);
    List<Integer> later = portsOf(after);
    return earlier.equals(later) ? this : minus(earlier).plus(later);
  }

  private ServicePortUse plus(List<Integer> ports) {
    ServicePortUse more = this;
    for (int port : ports) {
      more = more.plus(port);
    }
    return more;
  }

  private ServicePortUse minus(List<Integer> ports) {
    ServicePortUse less = this;
    for (int port : ports) {
      less = less.minus(port);
    }
    return less;
  }

  private ServicePortUse minus(int port) {
    int count = count(port);
    if (count > 1) {
      return new ServicePortUse(counts.plus(port, count - 1), free);
    }
    boolean choosable = port >= RANGE.begin() && port <= RANGE.end();
    return new ServicePortUse(
        counts.minus(port), choosable ? free.plus(PortRanges.of(port, port)) : free);
  }

  private int count(int port) {
    return counts.getOrDefault(port, 0);
  }

  private static List<Integer> portsOf(@Nullable App app) {
    return app == null || app.versions().isEmpty() ? List.of() : portsOf(app.definition());
  }

  private static List<Integer> portsOf(AppDefinition app) {
    List<Integer> ports = new ArrayList<>();
    for (PortDefinition port : app.portDefinitions()) {
      ports.add(port.port());
    }
    for (PortMapping mapping : app.container().map(Container::portMappings).orElse(List.of())) {
      ports.add(mapping.servicePort());
    }
    ports.removeIf(port -> port == 0);
    return ports;
  }
}
