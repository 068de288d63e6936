package io.homeport.mesos.testing;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** A framework: who it is, how it is reached, what it was offered and what it refused. */
final class Framework {
  private final String id;
  private FrameworkInfo info;
  private Optional<Subscriber> subscriber = Optional.empty();
  private final Map<String, Offer> offers = new LinkedHashMap<>();
  private final Map<String, List<Filter>> filters = new LinkedHashMap<>();
  private final Set<String> suppressed = new HashSet<>();

  /** What was refused of an agent, and until when. */
  record Filter(Bag refused, long untilNanos) {}

  Framework(String id, FrameworkInfo info) {
    this.id = id;
    this.info = info;
  }

  String id() {
    return id;
  }

  FrameworkInfo info() {
    return info;
  }

  Optional<Subscriber> subscriber() {
    return subscriber;
  }

  boolean isConnected() {
    return subscriber.isPresent();
  }

  Map<String, Offer> offers() {
    return offers;
  }

  Map<String, List<Filter>> filters() {
    return filters;
  }

  Set<String> suppressed() {
    return suppressed;
  }

  void connected(FrameworkInfo next, Subscriber reached) {
    info = next;
    subscriber = Optional.of(reached);
    suppressed.clear();
    filters.clear();
  }

  void disconnected() {
    subscriber = Optional.empty();
    offers.clear();
    filters.clear();
  }

  void tell(Event event) {
    subscriber.ifPresent(reached -> reached.send(event));
  }
}
