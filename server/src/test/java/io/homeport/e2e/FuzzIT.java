package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that make no sense, and some that do, to every endpoint: none is answered with an
 * internal error, and the server still works afterwards. {@code -Dhomeport.fuzz.requests} sets how
 * many, {@code -Dhomeport.fuzz.seed} which.
 */
class FuzzIT {
  private static final int THREADS = 4;

  @TempDir Path dir;

  @Test
  void noRequestIsAnsweredWithAnInternalError() throws InterruptedException {
    int requests = Integer.getInteger("homeport.fuzz.requests", 4_000);
    long seed = Long.getLong("homeport.fuzz.seed", System.nanoTime());
    System.out.println("fuzzing: " + requests + " requests, seed: " + seed);
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    Map<Integer, AtomicInteger> statuses = new TreeMap<>();
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "2")) {
      Thread[] users = new Thread[THREADS];
      for (int user = 0; user < THREADS; user++) {
        RequestGenerator generator = new RequestGenerator(new Random(seed + user));
        users[user] =
            Thread.ofPlatform()
                .start(() -> send(server, generator, requests / THREADS, failures, statuses));
      }
      for (Thread user : users) {
        user.join();
      }
      System.out.println("statuses: " + statuses);
      assertThat(failures).isEmpty();
      assertThat(server.get("/ping").status()).isEqualTo(200);
    }
  }

  private static void send(
      ServerProcess server,
      RequestGenerator generator,
      int count,
      Queue<String> failures,
      Map<Integer, AtomicInteger> statuses) {
    HttpClient client = HttpClient.newHttpClient();
    for (int index = 0; index < count && failures.size() < 20; index++) {
      RequestGenerator.Request request = generator.next();
      try {
        HttpResponse<String> response = client.send(build(server, request), strings());
        synchronized (statuses) {
          statuses
              .computeIfAbsent(response.statusCode(), status -> new AtomicInteger())
              .incrementAndGet();
        }
        if (response.statusCode() >= 500 && response.statusCode() != 503) {
          failures.add(request + " -> " + response.statusCode() + " " + response.body());
        }
      } catch (IOException failed) {
        failures.add(request + " -> " + failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      } catch (UncheckedIOException | IllegalArgumentException notARequest) {
        // The client itself refuses to send it.
      }
    }
  }

  private static HttpResponse.BodyHandler<String> strings() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1);
  }

  private static HttpRequest build(ServerProcess server, RequestGenerator.Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + request.target()))
            .timeout(Duration.ofSeconds(30))
            .method(
                request.method(),
                request
                    .body()
                    .map(HttpRequest.BodyPublishers::ofString)
                    .orElse(HttpRequest.BodyPublishers.noBody()));
    for (String[] header : List.copyOf(request.headers())) {
      builder.header(header[0], header[1]);
    }
    return builder.build();
  }
}
