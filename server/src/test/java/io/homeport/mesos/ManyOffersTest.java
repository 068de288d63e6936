package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.OfferId;
import io.homeport.state.ClusterState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.master.Protos.Response;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Ten thousand agents offer at once, and all are answered. */
final class ManyOffersTest {
  private static final int OFFERS = 10_000;
  private static final int EACH = 500;

  private final CountDownLatch end = new CountDownLatch(1);
  private final BlockingQueue<org.apache.mesos.v1.scheduler.Protos.Call> calls =
      new LinkedBlockingQueue<>();

  @Test
  void allOffersAreHeardOfAndDeclinedInOneCall() throws Exception {
    HttpServer master =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    master.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    master.createContext("/api/v1/scheduler", this::scheduler);
    master.createContext("/api/v1", ManyOffersTest::operator);
    master.start();
    BlockingQueue<ClusterEvent> events = new LinkedBlockingQueue<>();
    String address = "127.0.0.1:" + master.getAddress().getPort();
    try (MesosEngine engine =
        MesosEngine.open(MesosOptions.of(address, "homeport"), () -> ClusterState.EMPTY, _ -> {})) {
      engine.start("installation", Optional.empty(), events::add);
      List<OfferId> offers = new ArrayList<>();
      while (offers.size() < OFFERS) {
        ClusterEvent event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("after " + offers.size() + " offers").isNotNull();
        if (event instanceof ClusterEvent.OffersReceived received) {
          received.offers().forEach(offer -> offers.add(offer.id()));
        }
      }

      engine.send(new Call.Decline(offers, Duration.ofSeconds(5)));

      var call = calls.poll(30, TimeUnit.SECONDS);
      assertThat(call).isNotNull();
      assertThat(call.getDecline().getOfferIdsCount()).isEqualTo(OFFERS);
      assertThat(call.getDecline().getFilters().getRefuseSeconds()).isEqualTo(5);
    } finally {
      end.countDown();
      master.stop(0);
    }
  }

  private void scheduler(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var call =
        Encoding.PROTOBUF
            .decode(body, org.apache.mesos.v1.scheduler.Protos.Call.newBuilder())
            .build();
    if (call.getType() != org.apache.mesos.v1.scheduler.Protos.Call.Type.SUBSCRIBE) {
      calls.add(call);
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Mesos-Stream-Id", "stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream output = exchange.getResponseBody()) {
      Event.Builder subscribed = Event.newBuilder().setType(Event.Type.SUBSCRIBED);
      subscribed
          .getSubscribedBuilder()
          .setHeartbeatIntervalSeconds(60)
          .getFrameworkIdBuilder()
          .setValue("framework");
      write(output, subscribed.build());
      for (int from = 0; from < OFFERS; from += EACH) {
        Event.Builder event = Event.newBuilder().setType(Event.Type.OFFERS);
        for (int number = from; number < from + EACH; number++) {
          event.getOffersBuilder().addOffers(offer(number));
        }
        write(output, event.build());
      }
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Offer offer(int number) {
    Offer.Builder offer = TestOffers.EMPTY.toBuilder();
    offer.getIdBuilder().setValue("O" + number);
    offer.getAgentIdBuilder().setValue("S" + number);
    offer
        .addResourcesBuilder()
        .setName("cpus")
        .setType(Value.Type.SCALAR)
        .setScalar(Value.Scalar.newBuilder().setValue(4));
    return offer.build();
  }

  private static void write(OutputStream output, Event event) throws IOException {
    byte[] record = Encoding.PROTOBUF.encode(event);
    output.write((record.length + "\n").getBytes(StandardCharsets.US_ASCII));
    output.write(record);
    output.flush();
  }

  private static void operator(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = Encoding.PROTOBUF.encode(Response.newBuilder().build());
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
