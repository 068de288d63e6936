package io.homeport.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.homeport.api.access.Access;
import io.homeport.api.access.AccessSettings;
import io.homeport.testing.ServerPorts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a standby makes of requests; the leader is a server that notes what it gets. */
@Timeout(60)
final class LeaderProxyTest {
  @TempDir private Path dir;

  private final ElectionOnPaper election = new ElectionOnPaper();
  private final HttpClient client = HttpClient.newHttpClient();
  private ApiServer standby;
  private Leader leader;

  /** A leader that notes requests, and answers with their bodies. */
  private static final class Leader implements AutoCloseable {
    private final HttpServer http;
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<List<String>> headers = new LinkedBlockingQueue<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    Leader() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", this::answer);
      http.start();
    }

    int port() {
      return http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      headers.add(
          exchange.getRequestHeaders().entrySet().stream()
              .map(
                  header ->
                      header.getKey().toLowerCase(java.util.Locale.ROOT) + ": " + header.getValue())
              .toList());
      String path = exchange.getRequestURI().getPath();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("X-Marathon-Leader", "http://127.0.0.1:" + port());
      if (path.equals("/v2/silent") && !await()) {
        exchange.close();
        return;
      }
      if (path.equals("/v2/gone")) {
        exchange.getHttpContext().getServer().stop(0);
        return;
      }
      if (path.equals("/v2/slow") || path.equals("/v2/events")) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('1');
        exchange.getResponseBody().flush();
        boolean _ = await();
        exchange.getResponseBody().write('2');
        exchange.close();
        return;
      }
      byte[] answer = ("{\"got\": \"" + body.length() + "\"}").getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(path.equals("/v2/odd") ? 422 : 200, head ? -1 : answer.length);
      if (!head) {
        exchange.getResponseBody().write(answer);
      }
      exchange.close();
    }

    private boolean await() {
      try {
        goOn.await();
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      goOn.countDown();
      http.stop(0);
    }
  }

  @BeforeEach
  void start() throws Exception {
    leader = new Leader();
    Access access =
        Access.open(
            new AccessSettings(
                "127.0.0.1",
                true,
                false,
                dir.resolve("token"),
                Optional.empty(),
                false,
                List.of()));
    standby =
        new ApiServer(
            new Standby(election, _ -> Optional.empty(), Optional.empty()),
            "127.0.0.1",
            0,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            access::protect,
            _ -> {});
  }

  @AfterEach
  void stop() {
    standby.close();
    leader.close();
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standby.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void connectionsEndAfterTheAnswerWhenThatIsAsked() throws Exception {
    election.elect(leader.port());
    for (String path : List.of("/ping", "/v2/apps", "/v2/odd", "/ui/nothing")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), standby.port())) {
        socket.setSoTimeout(10_000);
        String request =
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: TE, close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

        assertThat(socket.getInputStream().readAllBytes())
            .as(path)
            .asString(StandardCharsets.UTF_8)
            .startsWith("HTTP/1.1 ");
      }
    }
  }

  @Test
  void methodsBodiesAndHeadersGoThroughAndBack() throws Exception {
    election.elect(leader.port());
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      HttpResponse<String> answer =
          send(
              request("/v2/apps//a%20b/c?force=true&x=%23")
                  .method(method, HttpRequest.BodyPublishers.ofString("{\"é\": 1}"))
                  .header("Authorization", "Bearer of-the-client")
                  .header("Cookie", "homeport-session=secret")
                  .header("Content-Type", "application/json")
                  .header("If-Match", "\"v\""));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"got\": \"8\"}");
      assertThat(answer.headers().firstValue("X-Marathon-Leader"))
          .contains("http://127.0.0.1:" + leader.port());
      assertThat(answer.headers().firstValue("X-Marathon-Via")).contains("1.1 127.0.0.1:1");
      assertThat(leader.requests.take())
          .isEqualTo(method + " /v2/apps//a%20b/c?force=true&x=%23 {\"é\": 1}");
      assertThat(leader.headers.take())
          .contains(
              "authorization: [Bearer of-the-client]",
              "cookie: [homeport-session=secret]",
              "if-match: [\"v\"]",
              "x-marathon-via: [1.1 127.0.0.1:1]",
              "x-forwarded-for: [127.0.0.1]",
              "host: [127.0.0.1:" + leader.port() + "]");
    }
    HttpResponse<String> refused = send(request("/v2/odd"));
    assertThat(refused.statusCode()).isEqualTo(422);
    HttpResponse<String> head =
        send(request("/v2/apps").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whatIsStreamedArrivesAsItComes() throws Exception {
    election.elect(leader.port());
    HttpResponse<InputStream> answer =
        client.send(request("/v2/slow").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.body().read()).isEqualTo('1');
    leader.goOn.countDown();
    assertThat(answer.body().readAllBytes()).isEqualTo(new byte[] {'2'});
  }

  @Test
  void theEventStreamIsRedirectedAndThatOfAPageHandedThrough() throws Exception {
    election.elect(leader.port());
    HttpResponse<String> redirect = send(request("/v2/events?event_type=a&plan-format=light"));
    assertThat(redirect.statusCode()).isEqualTo(307);
    assertThat(redirect.headers().firstValue("Location"))
        .contains(
            "http://127.0.0.1:" + leader.port() + "/v2/events?event_type=a&plan-format=light");
    HttpResponse<InputStream> ofPage =
        client.send(
            request("/v2/events").header("Sec-Fetch-Site", "same-origin").build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(ofPage.body().read()).isEqualTo('1');
  }

  @Test
  void pagesOfOtherSitesAreRefusedHereAndTheLeaderDoesNotSeeWhatPagesThereAre() throws Exception {
    election.elect(leader.port());
    HttpRequest.Builder foreign =
        request("/v2/apps")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .header("Origin", "http://evil.example");
    assertThat(send(foreign).statusCode()).isEqualTo(403);
    assertThat(leader.requests).isEmpty();

    HttpRequest.Builder own =
        request("/v2/apps")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .header("Origin", "http://127.0.0.1:" + standby.port())
            .header("Sec-Fetch-Site", "same-origin");
    assertThat(send(own).statusCode()).isEqualTo(200);
    assertThat(leader.headers.take())
        .noneMatch(header -> header.startsWith("origin") || header.startsWith("sec-fetch-site"));
  }

  @Test
  void aRequestThatComesRoundIsRefused() throws Exception {
    election.elect(leader.port());
    HttpResponse<String> answer =
        send(request("/v2/apps").header("X-Marathon-Via", "1.1 h2:8080, 1.1 127.0.0.1:1"));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("Detected proxying loop");
    assertThat(leader.requests).isEmpty();
  }

  @Test
  void withoutALeaderItSaysSo() throws Exception {
    HttpResponse<String> nobody = send(request("/v2/apps"));
    assertThat(nobody.statusCode()).isEqualTo(503);
    assertThat(nobody.headers().firstValue("Retry-After")).contains("1");
    assertThat(nobody.body()).contains("No server leads", "nothing was changed");

    election.elect(ServerPorts.next());
    HttpResponse<String> dead =
        send(request("/v2/apps").POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(dead.statusCode()).isEqualTo(503);
    assertThat(dead.headers().firstValue("Retry-After")).contains("1");
    assertThat(dead.body()).contains("does not answer", "Nothing was changed");
  }

  @Test
  void ofALeaderThatDiesOverAChangeTheOutcomeIsUnknown() throws Exception {
    election.elect(leader.port());
    HttpResponse<String> answer =
        send(request("/v2/gone").POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("outcome_unknown");
  }

  @Test
  void whatASilentLeaderWasAskedTheNextOneAnswers() throws Exception {
    try (Leader next = new Leader()) {
      election.elect(leader.port());
      var answer =
          client.sendAsync(request("/v2/silent").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(leader.requests.take()).startsWith("GET /v2/silent");
      next.goOn.countDown();
      election.elect(next.port());
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(next.requests.take()).startsWith("GET /v2/silent");
    }
  }

  @Test
  void itAnswersByItselfWhatConcernsIt() throws Exception {
    election.elect(leader.port());
    assertThat(send(request("/ping")).statusCode()).isEqualTo(200);
    assertThat(send(request("/v2/leader")).statusCode()).as("needs the token").isEqualTo(401);
    String token = java.nio.file.Files.readString(dir.resolve("token")).strip();
    HttpResponse<String> who =
        send(request("/v2/leader").header("Authorization", "Bearer " + token));
    assertThat(who.body()).isEqualTo("{\"leader\":\"127.0.0.1:" + leader.port() + "\"}");
    HttpResponse<String> metrics =
        send(request("/metrics").header("Authorization", "Bearer " + token));
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(leader.requests).isEmpty();

    election.electNobody();
    HttpResponse<String> nobody =
        send(request("/v2/leader").header("Authorization", "Bearer " + token));
    assertThat(nobody.statusCode()).isEqualTo(404);
    assertThat(nobody.body()).contains("There is no leader");
  }

  @Test
  void whoIsElectedAndNotReadyAsksForPatience() throws Exception {
    election.elect(ElectionOnPaper.SELF.getPort());
    assertThat(send(request("/v2/apps")).statusCode()).as("needs the token").isEqualTo(401);
    String token = java.nio.file.Files.readString(dir.resolve("token")).strip();
    HttpResponse<String> answer =
        send(request("/v2/apps").header("Authorization", "Bearer " + token));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("about to lead");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }
}
