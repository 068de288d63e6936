package io.homeport.benchmark.server;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.model.AgentStatus;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Pool;
import io.homeport.runtime.EventJournal;
import io.homeport.store.SqliteStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;

/** Events from the loop to many subscribers over HTTP, while one of them does not read. */
public final class EventStream implements Benchmark {
  private static final int SUBSCRIBERS = 20;
  private static final int PER_SECOND = 1_000;

  /** Small, so that the one who does not read falls behind it within the run. */
  private static final EventJournal.Window WINDOW = new EventJournal.Window(5_000, 32L << 20);

  @Override
  public String name() {
    return "event-stream";
  }

  @Override
  public String work() {
    return "20 subscribers of /v2/events, 1,000 events a second for 40 s through the loop, 5,000 of"
        + " them retained, and one subscriber more that never reads";
  }

  /** What one run measured; the cut is in seconds from the first event. */
  private record Run(Latencies lag, long lost, double cutAfter) {}

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    List<Run> runs = conditions.repeat(0, () -> measure(conditions));
    return List.of(
        Figure.of("lag from event to subscriber, p99", "ms", runs, run -> run.lag().percentile(99))
            .goal(Goal.atMost(250)),
        Figure.of("lag, most", "ms", runs, run -> run.lag().percentile(100)),
        Figure.of("events lost of 20 x 40,000", "", runs, Run::lost).goal(Goal.atMost(0)),
        Figure.of("the one who does not read is cut after", "s", runs, Run::cutAfter));
  }

  private static Run measure(Conditions conditions) throws Exception {
    int events = conditions.scaled(40 * PER_SECOND, 20);
    int subscribers = conditions.scaled(SUBSCRIBERS, 2);
    Path directory = Files.createTempDirectory(conditions.directory(), "events");
    SqliteStore store = SqliteStore.open(directory.resolve("homeport.db"));
    SimulatedMesos cluster =
        new SimulatedMesos(SimulatedMesos.Settings.of(2, 2, false, (call, bytes) -> {}));
    AtomicLongArray sent = new AtomicLongArray(events);
    try (Installation installation = Installation.begin(store, cluster, WINDOW);
        Api api = Api.of(installation, cluster);
        HttpClient http = HttpClient.newHttpClient();
        PlainClient idle = new PlainClient(api.server().port())) {
      installation.awaitAgents(2);
      List<Subscriber> all = new ArrayList<>();
      for (int number = 0; number < subscribers; number++) {
        all.add(Subscriber.of(http, api.url(), events));
      }
      idle.begin("/v2/events");
      long begun = System.nanoTime();
      Pace.keep(
          PER_SECOND,
          events,
          (number, due) -> {
            sent.set(number, due);
            installation.leadership().loop().observe(change(number));
          });
      List<Long> lags = new ArrayList<>();
      long lost = 0;
      for (Subscriber each : all) {
        boolean complete = each.done().await(60, TimeUnit.SECONDS);
        conditions.progress().accept(complete ? "one has all" : "one has not got all");
        for (int number = 0; number < events; number++) {
          long at = each.seen().get(number);
          lost += at == 0 ? 1 : 0;
          lags.add(at == 0 ? Long.MAX_VALUE : at - sent.get(number));
        }
      }
      http.shutdownNow(); // it would wait for the streams to end
      double cut = conditions.size() == Conditions.Size.FULL ? awaitCut(idle, begun) : 0;
      return new Run(Latencies.ofNanos(lags), lost, cut);
    }
  }

  /** Each changes the agent's status, and so makes one event. */
  private static ClusterEvent change(int number) {
    return new ClusterEvent.AgentReported(
        SimulatedMesos.agent(0),
        number % 2 == 0 ? AgentStatus.DRAINING : AgentStatus.ACTIVE,
        Pool.EMPTY);
  }

  /** What is written to a connection that the other side has closed is refused soon. */
  private static double awaitCut(PlainClient idle, long begun) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      try {
        idle.begin("/v2/info");
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (IOException cut) {
        return (System.nanoTime() - begun) / 1e9;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** A subscriber: when it saw which event. */
  private record Subscriber(AtomicLongArray seen, CountDownLatch done) {
    static Subscriber of(HttpClient http, String url, int events)
        throws IOException, InterruptedException {
      AtomicLongArray seen = new AtomicLongArray(events);
      CountDownLatch done = new CountDownLatch(1);
      CountDownLatch attached = new CountDownLatch(1);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/v2/events"))
              .header("Accept", "text/event-stream")
              .build();
      HttpResponse<Stream<String>> response =
          http.send(request, HttpResponse.BodyHandlers.ofLines());
      Thread.ofVirtual().start(() -> follow(response.body(), seen, attached, done));
      attached.await();
      return new Subscriber(seen, done);
    }

    private static void follow(
        Stream<String> lines, AtomicLongArray seen, CountDownLatch attached, CountDownLatch done) {
      int[] next = {0};
      lines
          .takeWhile(line -> next[0] < seen.length())
          .forEach(
              line -> {
                if (line.equals("event: event_stream_attached")) {
                  attached.countDown();
                } else if (line.equals("event: agent_changed_event")) {
                  seen.set(next[0]++, System.nanoTime());
                  if (next[0] == seen.length()) {
                    done.countDown();
                  }
                }
              });
    }
  }
}
