package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Sends the calls of one connection. Calls about one agent stay in order; those about all agents
 * wait for everything before them, and everything after them waits for them. Nothing here blocks
 * the core: encoding and waiting happen on threads of their own.
 */
final class CallSender {
  private static final int LANES = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final MesosHttp http;
  private final URI endpoint;
  private final String streamId;
  private final BiConsumer<Call, Refusal> refused;
  private final AtomicReferenceArray<CompletableFuture<Void>> tails =
      new AtomicReferenceArray<>(LANES);
  private volatile boolean over;

  /**
   * A sender.
   *
   * @param http the wire
   * @param endpoint the leading master's scheduler API
   * @param streamId of the subscription
   * @param refused told of each call that did not get through
   */
  CallSender(MesosHttp http, URI endpoint, String streamId, BiConsumer<Call, Refusal> refused) {
    this.http = http;
    this.endpoint = endpoint;
    this.streamId = streamId;
    this.refused = refused;
    IntStream.range(0, LANES)
        .forEach(lane -> tails.set(lane, CompletableFuture.completedFuture(null)));
  }

  /**
   * Takes a call.
   *
   * @param call the core's
   * @param translated makes Mesos's
   */
  synchronized void send(
      Call call, Supplier<org.apache.mesos.v1.scheduler.Protos.Call> translated) {
    Optional<AgentId> agent = agent(call);
    if (agent.isPresent()) {
      int lane = Math.floorMod(agent.get().value().hashCode(), LANES);
      tails.set(lane, after(tails.get(lane), call, translated));
      return;
    }
    CompletableFuture<Void> earlier =
        CompletableFuture.allOf(
            IntStream.range(0, LANES).mapToObj(tails::get).toArray(CompletableFuture[]::new));
    CompletableFuture<Void> done = after(earlier, call, translated);
    IntStream.range(0, LANES).forEach(lane -> tails.set(lane, done));
  }

  /** Whose order counts; empty for calls about all agents. */
  private static Optional<AgentId> agent(Call call) {
    return switch (call) {
      case Call.Accept accept -> Optional.of(accept.agent());
      case Call.Kill kill -> Optional.of(kill.agent());
      case Call.Acknowledge known -> Optional.of(known.agent());
      case Call.AcknowledgeOperation known -> Optional.of(known.agent());
      case Call.Decline _,
          Call.Reconcile _,
          Call.ReconcileOperations _,
          Call.Revive _,
          Call.Suppress _ ->
          Optional.empty();
    };
  }

  private CompletableFuture<Void> after(
      CompletableFuture<Void> earlier,
      Call call,
      Supplier<org.apache.mesos.v1.scheduler.Protos.Call> translated) {
    return earlier
        .thenComposeAsync(_ -> post(translated), http.threads())
        .handle(
            (response, failure) -> {
              judge(call, Optional.ofNullable(response), Optional.ofNullable(failure));
              return null;
            });
  }

  private CompletableFuture<HttpResponse<byte[]>> post(
      Supplier<org.apache.mesos.v1.scheduler.Protos.Call> translated) {
    if (over) {
      return CompletableFuture.failedFuture(new IllegalStateException("the connection is over"));
    }
    return http.send(endpoint, translated.get(), streamId, TIMEOUT);
  }

  private void judge(
      Call call, Optional<HttpResponse<byte[]>> response, Optional<Throwable> failure) {
    if (over) {
      return; // found out by reconciliation
    }
    if (failure.isPresent()) {
      Log.LOGGER.warn("A call was not delivered: {}", failure.get().toString());
      refused.accept(
          call,
          new Refusal(
              "A call could not be delivered: " + failure.get().getMessage(),
              Refusal.Reaction.RECONNECT));
    } else if (response.isPresent() && response.get().statusCode() != 202) {
      String body = new String(response.get().body(), StandardCharsets.UTF_8);
      refused.accept(call, Refusal.of(response.get().statusCode(), body, false));
    }
  }

  /** Sends nothing more. */
  void stop() {
    over = true;
  }
}
