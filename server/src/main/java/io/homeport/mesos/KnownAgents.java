package io.homeport.mesos;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Pool;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.apache.mesos.v1.Protos.DrainState;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.master.Protos.Response.GetAgents;

/** The agents as the master lists them, and what was said of each to the core. */
final class KnownAgents {
  private static final String FEEDBACK = "AGENT_OPERATION_FEEDBACK";

  private final boolean tls;
  private final Map<AgentId, Entry> entries = new TreeMap<>();
  private final Map<AgentId, Unavailability> maintenance = new TreeMap<>();

  /**
   * None yet.
   *
   * @param tls whether agents are asked over HTTPS
   */
  KnownAgents(boolean tls) {
    this.tls = tls;
  }

  private record Entry(
      Agent agent, AgentStatus status, Pool total, Optional<URI> address, boolean feedback) {
    ClusterEvent.AgentReported report() {
      return new ClusterEvent.AgentReported(agent, status, total);
    }

    Entry in(AgentStatus next) {
      return new Entry(agent, next, total, address, feedback);
    }
  }

  /**
   * Learns what the master lists.
   *
   * @param listed its answer
   * @param all whether everything is reported, as after connecting
   * @return what is new
   */
  synchronized List<ClusterEvent.AgentReported> learn(GetAgents listed, boolean all) {
    List<ClusterEvent.AgentReported> reports = new ArrayList<>();
    Map<AgentId, Entry> before = new TreeMap<>(entries);
    for (GetAgents.Agent each : listed.getAgentsList()) {
      Entry entry = entry(each);
      Entry known = before.remove(entry.agent().id());
      entries.put(entry.agent().id(), entry);
      boolean news = known == null || !known.report().equals(entry.report());
      if (all || news) {
        reports.add(entry.report());
      }
    }
    // After a fail-over agents are listed as recovered until they are back; they are not lost.
    listed
        .getRecoveredAgentsList()
        .forEach(info -> before.remove(new AgentId(info.getId().getValue())));
    before.forEach(
        (id, entry) -> {
          if (entry.status() != AgentStatus.GONE
              && (all || entry.status() != AgentStatus.UNREACHABLE)) {
            reports.add(mark(id, entry, AgentStatus.UNREACHABLE).report());
          }
        });
    return reports;
  }

  private Entry mark(AgentId id, Entry entry, AgentStatus status) {
    Entry next = entry.in(status);
    entries.put(id, next);
    return next;
  }

  /**
   * An agent has another status.
   *
   * @return what is new; nothing about agents that were never seen
   */
  synchronized Optional<ClusterEvent.AgentReported> becomes(AgentId id, AgentStatus status) {
    Entry entry = entries.get(id);
    if (entry == null || entry.status() == status || entry.status() == AgentStatus.GONE) {
      return Optional.empty();
    }
    return Optional.of(mark(id, entry, status).report());
  }

  /**
   * What an offer says of its agent: it is active again, even before the master's list was read, or
   * in a window of maintenance, in which nothing new goes there.
   *
   * @return what is new
   */
  synchronized Optional<ClusterEvent.AgentReported> heardOf(Offer offer) {
    AgentId id = new AgentId(offer.getAgentId().getValue());
    if (offer.hasUnavailability()) {
      maintenance.put(id, offer.getUnavailability());
    } else {
      maintenance.remove(id);
    }
    return becomes(id, unlessMaintained(id, AgentStatus.ACTIVE));
  }

  private AgentStatus unlessMaintained(AgentId id, AgentStatus status) {
    Unavailability window = maintenance.get(id);
    if (status != AgentStatus.ACTIVE || window == null) {
      return status;
    }
    Instant now = Instant.now();
    Instant start = Instant.ofEpochSecond(0, window.getStart().getNanoseconds());
    boolean over =
        window.hasDuration()
            && start.plusNanos(window.getDuration().getNanoseconds()).isBefore(now);
    return start.isAfter(now) || over ? status : AgentStatus.DRAINING;
  }

  /** An offer's agent in the core's words. */
  synchronized Agent of(Offer offer) {
    AgentId id = new AgentId(offer.getAgentId().getValue());
    Entry entry = entries.get(id);
    if (entry != null) {
      return entry.agent();
    }
    return agent(id, offer.getHostname(), offer.getAttributesList(), offer.getDomain());
  }

  /** Whether an agent was seen in the master's list. */
  synchronized boolean isKnown(AgentId id) {
    return entries.containsKey(id);
  }

  /** How many there are. */
  synchronized int size() {
    return entries.size();
  }

  /** Whether an agent says what became of operations; assumed of those not listed yet. */
  synchronized boolean hasFeedback(AgentId id) {
    Entry entry = entries.get(id);
    return entry == null || entry.feedback();
  }

  /** Where an agent's own API is. */
  synchronized Optional<URI> address(AgentId id) {
    return Optional.ofNullable(entries.get(id)).flatMap(Entry::address);
  }

  private Entry entry(GetAgents.Agent listed) {
    AgentInfo info = listed.getAgentInfo();
    List<String> capabilities =
        listed.getCapabilitiesList().stream().map(each -> each.getType().name()).toList();
    AgentId id = new AgentId(info.getId().getValue());
    return new Entry(
        agent(id, info.getHostname(), info.getAttributesList(), info.getDomain()),
        unlessMaintained(id, status(listed)),
        OfferTranslation.pool(info.getResourcesList()),
        address(listed.getPid()),
        capabilities.contains(FEEDBACK));
  }

  private static AgentStatus status(GetAgents.Agent listed) {
    DrainState drain = listed.getDrainInfo().getState();
    if (listed.hasDrainInfo() && drain == DrainState.DRAINING) {
      return AgentStatus.DRAINING;
    }
    if (listed.getDeactivated() || (listed.hasDrainInfo() && drain == DrainState.DRAINED)) {
      return AgentStatus.DRAINED;
    }
    return listed.getActive() ? AgentStatus.ACTIVE : AgentStatus.UNREACHABLE;
  }

  /** {@code slave(1)@10.0.0.1:5051} names the address that the master itself uses. */
  private Optional<URI> address(String pid) {
    int at = pid.indexOf('@');
    return at < 0
        ? Optional.empty()
        : Optional.of(URI.create((tls ? "https://" : "http://") + pid.substring(at + 1)));
  }

  private static Agent agent(
      AgentId id, String hostname, Collection<Attribute> attributes, DomainInfo domain) {
    SortedMap<String, String> texts = new TreeMap<>();
    attributes.forEach(attribute -> texts.put(attribute.getName(), text(attribute)));
    boolean placed = domain.hasFaultDomain();
    return new Agent(
        id,
        hostname,
        placed ? Optional.of(domain.getFaultDomain().getRegion().getName()) : Optional.empty(),
        placed ? Optional.of(domain.getFaultDomain().getZone().getName()) : Optional.empty(),
        texts,
        // Which images an agent can run is known to nobody but itself: it fails the task and says.
        List.of(Agent.IMAGES));
  }

  private static String text(Attribute attribute) {
    return switch (attribute.getType()) {
      case TEXT -> attribute.getText().getValue();
      case SCALAR -> number(attribute.getScalar().getValue());
      case SET -> String.join(",", attribute.getSet().getItemList());
      case RANGES ->
          attribute.getRanges().getRangeList().stream()
              .map(range -> range.getBegin() + "-" + range.getEnd())
              .reduce((one, other) -> one + "," + other)
              .orElse("");
    };
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
