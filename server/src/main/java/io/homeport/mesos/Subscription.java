package io.homeport.mesos;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * The stream of events of one SUBSCRIBE. A stream that stays silent for longer than three
 * heartbeats is dropped.
 */
final class Subscription implements AutoCloseable {
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(45);
  private static final int HEARTBEATS = 3;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final MesosHttp http;
  private final InputStream input;
  private final RecordReader records;
  private final String streamId;
  private final Thread watchdog;
  private volatile long heardAt = System.nanoTime();
  private volatile Duration patience = FIRST_PATIENCE;
  private volatile boolean silent;

  private Subscription(MesosHttp http, InputStream input, String streamId) {
    this.http = http;
    this.input = input;
    this.records = new RecordReader(input);
    this.streamId = streamId;
    this.watchdog = Thread.ofVirtual().name("mesos-heartbeat").start(this::watch);
  }

  /**
   * Subscribes.
   *
   * @throws MesosHttp.HttpRefusedException when the master answers with anything but a stream
   * @throws IOException when it cannot be reached
   */
  static Subscription open(MesosHttp http, URI master, Call subscribe)
      throws IOException, InterruptedException {
    URI endpoint = master.resolve("/api/v1/scheduler");
    HttpResponse<InputStream> answer = http.stream(endpoint, subscribe);
    if (answer.statusCode() != 200) {
      try (InputStream body = answer.body()) {
        throw new MesosHttp.HttpRefusedException(
            answer.statusCode(),
            new String(body.readAllBytes(), StandardCharsets.UTF_8),
            MesosHttp.leader(endpoint, answer));
      }
    }
    String streamId = answer.headers().firstValue("Mesos-Stream-Id").orElse("");
    return new Subscription(http, answer.body(), streamId);
  }

  /** What every call of this connection carries. */
  String streamId() {
    return streamId;
  }

  /** How often the master promised to be heard. */
  void heartbeat(Duration interval) {
    if (interval.isPositive()) {
      patience = interval.multipliedBy(HEARTBEATS);
    }
  }

  /**
   * Waits for the next event.
   *
   * @return empty when the stream has ended
   */
  Optional<Event> next() throws IOException {
    Optional<byte[]> record;
    try {
      record = records.next();
    } catch (IOException e) {
      if (silent) {
        throw new IOException("the master was silent for " + patience.toSeconds() + " s", e);
      }
      throw e;
    }
    heardAt = System.nanoTime();
    if (record.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(http.encoding().decode(record.get(), Event.newBuilder()).build());
  }

  private void watch() {
    try {
      while (System.nanoTime() - heardAt < patience.toNanos()) {
        Thread.sleep(LOOK);
      }
      silent = true;
      input.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the subscription is closed
    } catch (IOException e) {
      Log.LOGGER.debug("The silent stream could not be closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    watchdog.interrupt();
    input.close();
  }
}
