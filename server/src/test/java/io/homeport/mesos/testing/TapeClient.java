package io.homeport.mesos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.protobuf.Message;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The small scheduler client of the recordings: it sends what it is told, and keeps what comes. */
final class TapeClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Wire TEXT = Wire.named("application/json").orElseThrow();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI master;
  private final Wire wire;
  private final List<JsonNode> events = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();

  /** A stream of events. */
  private record Stream(String id, InputStream input, CountDownLatch over) {}

  /** What was said to a call. */
  record Answer(int status, String body) {}

  TapeClient(String master, Wire wire) {
    this.master = URI.create("http://" + master);
    this.wire = wire;
  }

  private HttpRequest.Builder post(String path, Message message) {
    return HttpRequest.newBuilder(master.resolve(path))
        .header("Content-Type", wire.mediaType())
        .header("Accept", wire.mediaType())
        .POST(HttpRequest.BodyPublishers.ofByteArray(wire.encode(message)));
  }

  /** Sends a call over a stream, counted from the last one back. */
  Answer send(JsonNode json, int streamsBack) throws IOException, InterruptedException {
    Call call =
        TEXT.decode(json.toString().getBytes(StandardCharsets.UTF_8), Call.newBuilder()).build();
    if (call.getType() == Call.Type.SUBSCRIBE) {
      return subscribe(call);
    }
    HttpRequest request =
        post("/api/v1/scheduler", call)
            .header("Mesos-Stream-Id", streams.get(streams.size() - 1 - streamsBack).id())
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  /** Gives an offer back, to be made again at once. */
  void decline(JsonNode offer) {
    Call.Builder call = Call.newBuilder().setType(Call.Type.DECLINE);
    call.getFrameworkIdBuilder().setValue(offer.get("framework_id").get("value").asString());
    call.getDeclineBuilder().addOfferIdsBuilder().setValue(offer.get("id").get("value").asString());
    call.getDeclineBuilder().getFiltersBuilder().setRefuseSeconds(0);
    try {
      send(JSON.readTree(TEXT.encode(call.build())), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer subscribe(Call call) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            post("/api/v1/scheduler", call).build(), HttpResponse.BodyHandlers.ofInputStream());
    Stream stream =
        new Stream(
            answer.headers().firstValue("Mesos-Stream-Id").orElse(""),
            answer.body(),
            new CountDownLatch(1));
    streams.add(stream);
    Thread.ofVirtual().start(() -> read(stream));
    return new Answer(answer.statusCode(), "");
  }

  Answer operate(JsonNode json) throws IOException, InterruptedException {
    org.apache.mesos.v1.master.Protos.Call call =
        TEXT.decode(
                json.toString().getBytes(StandardCharsets.UTF_8),
                org.apache.mesos.v1.master.Protos.Call.newBuilder())
            .build();
    HttpResponse<String> answer =
        http.send(post("/api/v1", call).build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  private void read(Stream stream) {
    try (InputStream input = stream.input()) {
      while (true) {
        ByteArrayOutputStream length = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
          if (next < 0) {
            return;
          }
          length.write(next);
        }
        byte[] record =
            input.readNBytes(Integer.parseInt(length.toString(StandardCharsets.US_ASCII)));
        Event event = wire.decode(record, Event.newBuilder()).build();
        synchronized (events) {
          events.add(JSON.readTree(TEXT.encode(event)));
          events.notifyAll();
        }
      }
    } catch (IOException e) {
      // the master is gone
    } finally {
      stream.over().countDown();
    }
  }

  /** All that came, in order. */
  List<JsonNode> events() {
    synchronized (events) {
      return new ArrayList<>(events);
    }
  }

  /** Waits until more has come than was seen. */
  void await(int seen, long millis) throws InterruptedException {
    synchronized (events) {
      if (events.size() <= seen) {
        events.wait(millis);
      }
    }
  }

  /** Waits for the end of a stream, counted from the last one back. */
  void awaitEnd(int streamsBack) throws InterruptedException {
    CountDownLatch over = streams.get(streams.size() - 1 - streamsBack).over();
    assertThat(over.await(20, TimeUnit.SECONDS)).as("the stream ends").isTrue();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
