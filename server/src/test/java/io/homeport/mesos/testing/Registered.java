package io.homeport.mesos.testing;

import java.util.Optional;
import org.apache.mesos.v1.Protos.Unavailability;

/** An agent as the master knows it. */
final class Registered {
  private final Agent agent;
  private final String id;
  private Standing standing = Standing.ACTIVE;
  private Drain drain = Drain.NONE;
  private Bag total;
  private boolean connected = true;
  private long disconnects;
  private long unreachableSinceNanos;
  private Optional<Unavailability> maintenance = Optional.empty();

  /** Where an agent stands. */
  enum Standing {
    /** Registered. */
    ACTIVE,
    /** Known from the registry, not heard of since the master began to lead. */
    RECOVERED,
    /** Given up after unanswered pings. */
    UNREACHABLE,
    /** Declared gone by an operator. */
    GONE
  }

  /** How far an agent is drained. */
  enum Drain {
    /** It is used as any other. */
    NONE,
    /** Its tasks are being ended. */
    DRAINING,
    /** Nothing runs there, and nothing will until it is reactivated. */
    DRAINED
  }

  Registered(Agent agent) {
    this.agent = agent;
    this.id = agent.id();
    this.total = agent.disk();
  }

  Agent agent() {
    return agent;
  }

  String id() {
    return id;
  }

  Standing standing() {
    return standing;
  }

  void stands(Standing next) {
    standing = next;
  }

  Drain drain() {
    return drain;
  }

  void drains(Drain next) {
    drain = next;
  }

  Bag total() {
    return total;
  }

  void total(Bag next) {
    total = next;
  }

  boolean isConnected() {
    return connected;
  }

  /** Counts losses of the connection, so that a late verdict about an earlier one has no effect. */
  long disconnected() {
    connected = false;
    return ++disconnects;
  }

  boolean isStillGone(long loss) {
    return !connected && disconnects == loss;
  }

  void connected() {
    connected = true;
    total = agent.disk();
  }

  boolean isOffered() {
    return standing == Standing.ACTIVE && connected && drain == Drain.NONE;
  }

  long unreachableSinceNanos() {
    return unreachableSinceNanos;
  }

  void unreachableSince(long nanos) {
    unreachableSinceNanos = nanos;
  }

  Optional<Unavailability> maintenance() {
    return maintenance;
  }

  void maintained(Optional<Unavailability> window) {
    maintenance = window;
  }

  /** In Mesos's messages. */
  String text() {
    return "agent "
        + id()
        + " at slave(1)@127.0.0.1:"
        + agent.port()
        + " ("
        + agent.hostname()
        + ")";
  }
}
