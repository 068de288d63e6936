package io.homeport.mesos.testing;

import com.sun.net.httpserver.HttpExchange;
import io.homeport.mesos.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.mesos.protobuf.Descriptors.FieldDescriptor;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** The v1 scheduler API of the leading master. */
final class SchedulerEndpoint {
  private final Turns turns;
  private final Master master;
  private final Calls calls;
  private final List<Call> taken = new CopyOnWriteArrayList<>();

  SchedulerEndpoint(Turns turns, Master master) {
    this.turns = turns;
    this.master = master;
    this.calls = new Calls(master);
  }

  /** Every call that was accepted, in order. */
  List<Call> taken() {
    return new ArrayList<>(taken);
  }

  void handle(HttpExchange exchange) throws IOException {
    Optional<Wire> wire = Http.admitted(exchange, master.settings());
    if (wire.isEmpty()) {
      return;
    }
    Call call;
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      call = wire.get().decode(body, Call.newBuilder()).build();
    } catch (IOException e) {
      Http.answer(exchange, 400, "Failed to parse body into JSON: " + e.getMessage());
      return;
    }
    Optional<String> invalid = invalid(call);
    if (invalid.isPresent()) {
      Http.answer(exchange, 400, "Failed to validate scheduler::Call: " + invalid.get());
      return;
    }
    taken.add(call);
    if (call.getType() == Call.Type.SUBSCRIBE) {
      subscribe(exchange, call);
      return;
    }
    String streamId = Http.header(exchange, "Mesos-Stream-Id");
    Optional<String> refused = turns.ask(() -> take(call, streamId));
    if (refused.isPresent()) {
      Http.answer(exchange, 400, refused.get());
    } else {
      Http.answer(exchange, 202, "");
    }
  }

  /** The part that a call is named after must be there (Mesos: call validation). */
  private static Optional<String> invalid(Call call) {
    if (call.getType() != Call.Type.SUBSCRIBE && !call.hasFrameworkId()) {
      return Optional.of("Expecting 'framework_id' to be present");
    }
    String part = call.getType().name().toLowerCase(Locale.ROOT);
    boolean optional =
        List.of(Call.Type.REVIVE, Call.Type.SUPPRESS, Call.Type.TEARDOWN).contains(call.getType());
    FieldDescriptor field = Call.getDescriptor().findFieldByName(part);
    return optional || field == null || call.hasField(field)
        ? Optional.empty()
        : Optional.of("Expecting '" + part + "' to be present");
  }

  private Optional<String> take(Call call, String streamId) {
    Optional<Framework> framework = master.framework(call.getFrameworkId().getValue());
    if (framework.isEmpty()) {
      return Optional.of("Framework cannot be found");
    }
    if (!framework.get().isConnected()) {
      return Optional.of("Framework is not subscribed");
    }
    if (streamId.isEmpty()) {
      return Optional.of("All non-subscribe calls should include the 'Mesos-Stream-Id' header");
    }
    if (!framework.get().subscriber().orElseThrow().streamId().equals(streamId)) {
      return Optional.of(
          "The stream ID '"
              + streamId
              + "' included in this request didn't match the stream ID currently associated with"
              + " framework ID "
              + framework.get().id());
    }
    calls.take(framework.get(), call);
    return Optional.empty();
  }

  private void subscribe(HttpExchange exchange, Call call) throws IOException {
    // The answer comes as the Accept header asks, whatever the question came as.
    Wire wire = Wire.named(Http.header(exchange, "Accept")).orElseThrow();
    Subscriber subscriber = new Subscriber(wire);
    exchange.getResponseHeaders().set("Mesos-Stream-Id", subscriber.streamId());
    exchange.getResponseHeaders().set("Content-Type", wire.mediaType());
    exchange.sendResponseHeaders(200, 0);
    turns.now(() -> master.subscribe(call.getSubscribe().getFrameworkInfo(), subscriber));
    subscriber.write(exchange.getResponseBody());
    exchange.close();
    turns.now(() -> master.frameworks().forEach(framework -> master.lost(framework, subscriber)));
  }
}
