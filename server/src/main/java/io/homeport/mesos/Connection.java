package io.homeport.mesos;

import io.homeport.model.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Keeps a subscription with the leading master: finds it, subscribes, hands on the events, and
 * begins anew with back-off whenever the stream ends.
 */
final class Connection {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int MOST_REDIRECTS = 5;

  private final MesosOptions options;
  private final MesosHttp http;
  private final MasterDiscovery discovery;
  private final KnownAgents agents;
  private final Sink sink;
  private final EventHandling handling;
  private final CallTranslation translation;
  private final Consumer<String> fatal;
  private final Optional<Fence> fence;
  private final Thread thread = Thread.ofVirtual().name("mesos").unstarted(this::run);
  private volatile Optional<String> frameworkId;
  private volatile Optional<Live> live = Optional.empty();
  private volatile boolean closed;

  /** What exists only while connected. */
  record Live(URI master, CallSender sender, ClusterWatch watch, Subscription subscription) {}

  Connection(
      MesosOptions options,
      MesosHttp http,
      MasterDiscovery discovery,
      KnownAgents agents,
      Sink sink,
      EventHandling handling,
      CallTranslation translation,
      Optional<String> frameworkId,
      Consumer<String> fatal,
      Optional<Fence> fence) {
    this.fence = fence;
    this.options = options;
    this.http = http;
    this.discovery = discovery;
    this.agents = agents;
    this.sink = sink;
    this.handling = handling;
    this.translation = translation;
    this.frameworkId = frameworkId;
    this.fatal = fatal;
  }

  void start() {
    thread.start();
  }

  /** The present connection, if one stands. */
  Optional<Live> live() {
    return live;
  }

  /** Mesos's name for us, once it is known. */
  Optional<String> frameworkId() {
    return frameworkId;
  }

  /** Sends a call over the present connection; without one it is lost. */
  void send(Call call, Supplier<org.apache.mesos.v1.scheduler.Protos.Call> translated) {
    live.ifPresent(now -> now.sender().send(call, translated));
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      String why;
      try {
        boolean stood = attemptAll();
        why = "the stream of events ended";
        pause = stood ? FIRST_PAUSE : pause;
      } catch (IOException | RuntimeException e) {
        why = String.valueOf(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      boolean stood = drop("The connection to Mesos is lost: " + why);
      if (closed) {
        return;
      }
      pause = stood ? FIRST_PAUSE : pause;
      Log.LOGGER.warn("No connection to Mesos: {}. Trying again.", why);
      try {
        Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** Tries one master after the other, and those that they name. */
  private boolean attemptAll() throws IOException, InterruptedException {
    Deque<URI> left = new ArrayDeque<>(discovery.candidates());
    Set<URI> tried = new HashSet<>();
    IOException failure = new IOException("no master was found");
    while (!left.isEmpty() && tried.size() < MOST_REDIRECTS + left.size() + 1 && !closed) {
      URI master = left.removeFirst();
      if (!tried.add(master)) {
        continue;
      }
      try {
        return attempt(master);
      } catch (MesosHttp.HttpRefusedException e) {
        Refusal refusal = Refusal.of(e.status(), e.body(), true);
        if (refusal.reaction() == Refusal.Reaction.STOP) {
          stop(refusal.sentence());
        }
        e.leader().ifPresent(left::addFirst);
        failure = new IOException(master + ": " + refusal.sentence(), e);
      } catch (IOException e) {
        failure = new IOException(master + ": " + e.getMessage(), e);
      }
      if (live.isPresent()) {
        throw failure; // it was the leader: begin anew with discovery
      }
    }
    throw failure;
  }

  private boolean attempt(URI master) throws IOException, InterruptedException {
    OperatorApi api = new OperatorApi(http, master);
    if (!options.shareRole()) {
      checkRole(api);
    }
    Optional<String> shut = fence.flatMap(Fence::closed);
    if (closed) {
      return false;
    }
    if (shut.isPresent()) {
      throw new IOException(shut.get());
    }
    boolean stood = false;
    try (Subscription subscription =
        Subscription.open(http, master, translation.subscribe(frameworkId, hostname()))) {
      while (!closed) {
        Optional<Event> event = subscription.next();
        if (event.isEmpty()) {
          break;
        }
        switch (event.get().getType()) {
          case SUBSCRIBED -> {
            subscribed(master, api, subscription, event.get().getSubscribed());
            stood = true;
          }
          case ERROR -> error(event.get().getError().getMessage());
          case OFFERS,
              INVERSE_OFFERS,
              RESCIND,
              RESCIND_INVERSE_OFFER,
              UPDATE,
              UPDATE_OPERATION_STATUS,
              MESSAGE,
              FAILURE,
              HEARTBEAT,
              UNKNOWN ->
              live.ifPresent(now -> handling.handle(event.get(), now));
        }
      }
    }
    return stood;
  }

  /** Mesos ends the stream after this. */
  private void error(String message) throws IOException {
    if (fence.isPresent() && Refusal.isTakenOver(message)) {
      throw new IOException("another server has subscribed in our place");
    }
    stop(Refusal.ofError(message).sentence());
  }

  private void checkRole(OperatorApi api) throws IOException, InterruptedException {
    try {
      List<String> neighbours = RoleNeighbours.in(api.frameworks(), options.role(), frameworkId);
      if (!neighbours.isEmpty() && !handling.everConnected()) {
        stop(RoleNeighbours.refusal(options.role(), neighbours));
      }
    } catch (MesosHttp.HttpRefusedException e) {
      if (e.status() == 403) {
        Log.LOGGER.warn("Whether our role is ours alone cannot be found out: {}", e.getMessage());
      } else {
        throw e;
      }
    }
  }

  private void subscribed(
      URI master, OperatorApi api, Subscription subscription, Event.Subscribed subscribed) {
    String id = subscribed.getFrameworkId().getValue();
    frameworkId = Optional.of(id);
    subscription.heartbeat(
        Duration.ofMillis((long) (subscribed.getHeartbeatIntervalSeconds() * 1000)));
    CallSender sender =
        new CallSender(
            http,
            master.resolve("/api/v1/scheduler"),
            subscription.streamId(),
            (call, refusal) -> refused(subscription, call, refusal));
    ClusterWatch watch = new ClusterWatch(api, agents, sink, options.role(), id);
    live = Optional.of(new Live(master, sender, watch, subscription));
    Log.LOGGER.info("Connected to the Mesos master {} as framework {}", master, id);
    handling.connected(id);
    watch.start();
  }

  private void refused(Subscription subscription, Call call, Refusal refusal) {
    Log.LOGGER.warn("{} ({})", refusal.sentence(), call.getClass().getSimpleName());
    switch (refusal.reaction()) {
      case REPORT -> handling.refused(call, refusal.sentence());
      case STOP -> stop(refusal.sentence());
      case RECONNECT -> {
        try {
          subscription.close();
        } catch (IOException e) {
          Log.LOGGER.debug("The stream could not be closed", e);
        }
      }
    }
  }

  private boolean drop(String why) {
    Optional<Live> last = live;
    live = Optional.empty();
    last.ifPresent(
        now -> {
          now.sender().stop();
          now.watch().stop();
          handling.disconnected(why);
        });
    return last.isPresent();
  }

  private void stop(String why) {
    if (!closed) {
      closed = true;
      fatal.accept(why);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  void close() {
    closed = true;
    live.ifPresent(
        now -> {
          now.sender().stop();
          now.watch().stop();
        });
    thread.interrupt();
    live = Optional.empty();
    discovery.close();
  }
}
