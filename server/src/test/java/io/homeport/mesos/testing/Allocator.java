package io.homeport.mesos.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Offers what is free: an agent's whole rest to one framework at a time. Offers that nobody answers
 * hold their resources; what was refused stays away until the filter ends, more is free, or a
 * revive.
 */
final class Allocator {
  static final Duration CYCLE = Duration.ofMillis(200);

  /** The flag {@code min_allocatable_resources} of the recordings. */
  private static final double LEAST_CPUS = 0.01;

  private static final double LEAST_MEM = 32;

  private final Master master;
  private final Map<String, Bag> offered = new LinkedHashMap<>();
  private long count;
  private int turn;

  Allocator(Master master) {
    this.master = master;
  }

  /** Offers what can be offered. */
  void allocate() {
    Map<Framework, List<Offer>> made = new LinkedHashMap<>();
    for (Registered agent : master.agents()) {
      if (agent.isOffered()) {
        offer(agent, made);
      }
    }
    made.forEach(
        (framework, offers) -> {
          Event.Builder event = Event.newBuilder().setType(Event.Type.OFFERS);
          event.getOffersBuilder().addAllOffers(offers);
          framework.tell(event.build());
        });
  }

  private Bag free(Registered agent) {
    return agent
        .total()
        .minus(master.used(agent.id()).allocatedTo(""))
        .minus(offered.getOrDefault(agent.id(), new Bag()).allocatedTo(""));
  }

  private void offer(Registered agent, Map<Framework, List<Offer>> made) {
    List<Framework> takers = new ArrayList<>(master.frameworks());
    java.util.Collections.rotate(takers, turn++);
    for (Framework framework : takers) {
      for (String role : framework.info().getRolesList()) {
        if (framework.isConnected() && !framework.suppressed().contains(role)) {
          offer(agent, framework, role)
              .ifPresent(
                  offer -> made.computeIfAbsent(framework, _ -> new ArrayList<>()).add(offer));
        }
      }
    }
  }

  private Optional<Offer> offer(Registered agent, Framework framework, String role) {
    Bag meant = free(agent).filter(resource -> isFor(resource, role)).allocatedTo(role);
    boolean allocatable = meant.total("cpus") >= LEAST_CPUS || meant.total("mem") >= LEAST_MEM;
    if (!allocatable || isFiltered(framework, agent.id(), meant)) {
      return Optional.empty();
    }
    Offer.Builder offer = Offer.newBuilder().setHostname(agent.agent().hostname());
    offer.getIdBuilder().setValue(master.id() + "-O" + count++);
    offer.getAgentIdBuilder().setValue(agent.id());
    offer.getFrameworkIdBuilder().setValue(framework.id());
    offer.getAllocationInfoBuilder().setRole(role);
    offer.addAllAttributes(agent.agent().attributes());
    offer.addAllResources(meant.resources());
    agent.maintenance().ifPresent(offer::setUnavailability);
    offer.getUrlBuilder().setScheme("http").setPath("/slave(1)");
    offer
        .getUrlBuilder()
        .getAddressBuilder()
        .setHostname(agent.agent().hostname())
        .setIp("127.0.0.1")
        .setPort(agent.agent().port());
    Offer built = offer.build();
    framework.offers().put(built.getId().getValue(), built);
    hold(agent.id(), meant);
    return Optional.of(built);
  }

  /** Reserved resources go to their role and to the roles below it. */
  private static boolean isFor(Resource resource, String role) {
    if (resource.getReservationsCount() == 0) {
      return true;
    }
    String owner = resource.getReservations(resource.getReservationsCount() - 1).getRole();
    return role.equals(owner) || role.startsWith(owner + "/");
  }

  private static boolean isFiltered(Framework framework, String agent, Bag meant) {
    List<Framework.Filter> filters = framework.filters().getOrDefault(agent, List.of());
    long now = System.nanoTime();
    return filters.stream()
        .anyMatch(filter -> filter.untilNanos() - now > 0 && filter.refused().contains(meant));
  }

  private void hold(String agent, Bag more) {
    offered.merge(agent, more, Bag::plus);
  }

  /**
   * Takes an offer back.
   *
   * @return what it held; nothing if it is not outstanding
   */
  Optional<Offer> take(Framework framework, String id) {
    Offer offer = framework.offers().remove(id);
    if (offer == null) {
      return Optional.empty();
    }
    String agent = offer.getAgentId().getValue();
    offered.computeIfPresent(agent, (_, held) -> held.minus(Bag.of(offer.getResourcesList())));
    return Optional.of(offer);
  }

  /** Keeps what was refused away for a while. */
  void refuse(Framework framework, String agent, Bag refused, double seconds) {
    if (!refused.isEmpty() && seconds > 0) {
      framework
          .filters()
          .computeIfAbsent(agent, _ -> new ArrayList<>())
          .add(
              new Framework.Filter(refused, System.nanoTime() + (long) (seconds * 1_000_000_000L)));
    }
  }

  /** A framework is gone: nobody answers its offers. */
  void forget(Framework framework) {
    List.copyOf(framework.offers().keySet()).forEach(id -> take(framework, id));
    framework.filters().clear();
  }

  /** An agent's offers are void. */
  void rescind(String agent) {
    for (Framework framework : master.frameworks()) {
      for (Offer offer : List.copyOf(framework.offers().values())) {
        if (offer.getAgentId().getValue().equals(agent)) {
          take(framework, offer.getId().getValue());
          framework.tell(Statuses.rescind(offer.getId().getValue()));
        }
      }
    }
  }

  /** Asks the frameworks that use an agent to leave it, because of its maintenance. */
  void inverse(Registered agent) {
    for (Framework framework : master.frameworks()) {
      agent
          .maintenance()
          .ifPresent(
              window -> {
                InverseOffer.Builder offer = InverseOffer.newBuilder().setUnavailability(window);
                offer.getIdBuilder().setValue(master.id() + "-O" + count++);
                offer.getAgentIdBuilder().setValue(agent.id());
                offer.getFrameworkIdBuilder().setValue(framework.id());
                Event.Builder event = Event.newBuilder().setType(Event.Type.INVERSE_OFFERS);
                event.getInverseOffersBuilder().addInverseOffers(offer);
                framework.tell(event.build());
              });
    }
  }

  /** How many offers are not answered. */
  int outstanding(Collection<Framework> frameworks) {
    return frameworks.stream().mapToInt(framework -> framework.offers().size()).sum();
  }
}
