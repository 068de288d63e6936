package io.homeport.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.homeport.api.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands before everything else and hands what only a leader can answer on to the one that leads,
 * as Marathon does: with {@code X-Marathon-Via}, so that a request never goes round, and the event
 * stream by redirect. Who may call is for the leader to say; the client's own credentials go along.
 */
final class LeaderProxy {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderProxy.class);
  static final String VIA = "X-Marathon-Via";
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(70);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int LOOK_MILLIS = 250;
  private static final int RETRY_SECONDS = 1;
  private static final int COPIED_AT_ONCE = 16_384;

  /** What every server answers by itself. */
  private static final Set<String> OWN =
      Set.of(
          "/",
          "/ping",
          "/logging",
          "/metrics",
          "/metrics/prometheus",
          "/openapi.json",
          "/ui",
          "/v2/stop");

  /**
   * Headers of one hop, those that the client sets by itself, and those that say which site a
   * browser's page is of: that was checked here, where the browser sent it.
   */
  private static final Set<String> NOT_SENT =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "origin",
          "proxy-authorization",
          "proxy-connection",
          "sec-fetch-site",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-forwarded-for");

  private static final Set<String> NOT_RETURNED =
      Set.of("connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding");

  private final Standby standby;
  private final BooleanSupplier leads;
  private final HttpClient client;
  private final Transfers transfers;

  /**
   * A proxy.
   *
   * @param standby who leads, and how it is reached
   * @param leads whether this server does, and is ready
   */
  LeaderProxy(Standby standby, BooleanSupplier leads) {
    this.standby = standby;
    this.leads = leads;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    standby.trust().ifPresent(builder::sslContext);
    this.client = builder.build();
    this.transfers = new Transfers(standby.election()::leader);
  }

  /**
   * Adds itself before all other filters and routes.
   *
   * @param routing the routes
   */
  void addTo(HttpRouting.Builder routing) {
    routing.addFilter(this::decide);
    routing.any(this::handle);
  }

  /** Decides once for each request who answers it. */
  private void decide(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (!leads.getAsBoolean() && !isOwn(request) && !isSelf(standby.election().leader())) {
      request.context().register(this);
      Access.handOn(request);
    }
    chain.proceed();
  }

  private void handle(ServerRequest request, ServerResponse response) {
    if (request.context().get(LeaderProxy.class).isEmpty()) {
      response.next();
      return;
    }
    try {
      proxy(request, response);
    } catch (ApiException e) {
      LOG.debug("{} is not proxied: {}", request.path().path(), e.getMessage());
      refuse(response, e.status(), e.body());
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("A connection broke while {} was proxied.", request.path().path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOwn(ServerRequest request) {
    String path = request.path().path();
    String method = request.prologue().method().text();
    return OWN.contains(path)
        || path.startsWith("/ui/")
        || (path.equals("/v2/leader") && (method.equals("GET") || method.equals("HEAD")));
  }

  private boolean isSelf(Optional<URI> leader) {
    return leader.isPresent() && leader.equals(standby.election().address());
  }

  private static void refuse(ServerResponse response, int status, ObjectNode body) {
    response.status(Status.create(status));
    response.header("Content-Type", "application/json");
    if (status == Status.SERVICE_UNAVAILABLE_503.code()) {
      response.header("Retry-After", Integer.toString(RETRY_SECONDS));
    }
    response.send(Json.MAPPER.writeValueAsBytes(body));
  }

  private void proxy(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String self = standby.election().address().map(URI::getAuthority).orElse("");
    List<String> via = request.headers().all(HeaderNames.create(VIA), List::of);
    if (via.stream().anyMatch(hops -> List.of(hops.split(",\\s*")).contains("1.1 " + self))) {
      throw ApiException.of(
          502, "proxy_loop", "Detected proxying loop: the servers do not agree on who leads.");
    }
    if (isStream(request)) {
      response.status(Status.TEMPORARY_REDIRECT_307);
      response.header("Location", target(leader(), request).toString()).send();
      return;
    }
    byte[] body = ApiServer.body(request);
    while (true) {
      URI leader = leader();
      HttpRequest asked = asked(leader, request, body, self);
      Optional<HttpResponse<InputStream>> answer = answer(leader, asked);
      if (answer.isPresent()) {
        hand(leader, answer.get(), request, response, self);
        return;
      }
    }
  }

  private URI leader() {
    Optional<URI> leader = standby.election().leader();
    if (leader.isEmpty()) {
      throw ApiException.of(
          503,
          "no_leader",
          "No server leads at the moment, so nothing was changed. Tasks go on. Try again in a"
              + " moment.");
    }
    if (isSelf(leader)) {
      throw ApiException.of(
          503,
          "no_leader",
          "This server is about to lead, so nothing was changed. Try again in a moment.");
    }
    return leader.get();
  }

  /**
   * A page cannot follow the redirect to another site, so that browsers get their stream through
   * this server.
   */
  private static boolean isStream(ServerRequest request) {
    return request.path().path().equals("/v2/events")
        && !request.headers().contains(HeaderNames.create("Sec-Fetch-Site"));
  }

  private static URI target(URI leader, ServerRequest request) {
    String query = request.prologue().query().rawValue();
    return URI.create(
        leader + request.prologue().uriPath().rawPath() + (query.isEmpty() ? "" : "?" + query));
  }

  private static HttpRequest asked(URI leader, ServerRequest request, byte[] body, String self) {
    HttpRequest.Builder asked = HttpRequest.newBuilder(target(leader, request));
    for (Header header : request.headers()) {
      if (!NOT_SENT.contains(header.name().toLowerCase(Locale.ROOT))) {
        header.allValues().forEach(value -> asked.header(header.name(), value));
      }
    }
    asked.header(VIA, "1.1 " + self);
    List<String> clients = new ArrayList<>();
    request.headers().first(HeaderNames.create(FORWARDED_FOR)).ifPresent(clients::add);
    clients.add(ApiServer.clientIp(request));
    asked.header(FORWARDED_FOR, String.join(", ", clients));
    return asked
        .method(
            request.prologue().method().text(),
            body.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** The leader's answer; empty when another leads by now, and it may be asked the same. */
  private Optional<HttpResponse<InputStream>> answer(URI leader, HttpRequest asked)
      throws InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(asked, HttpResponse.BodyHandlers.ofInputStream());
    long end = System.nanoTime() + LONGEST_ANSWER.toNanos();
    boolean leads = true;
    while (System.nanoTime() < end) {
      if (leads && !isLeader(leader)) { // it may be letting go in order, and answers meanwhile
        leads = false;
        end = Math.min(end, System.nanoTime() + LAST_WORDS.toNanos());
      }
      try {
        return Optional.of(answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        LOG.trace("{} has not answered yet.", leader);
      } catch (ExecutionException e) {
        return failed(leader, asked, e.getCause() == null ? e : e.getCause());
      }
    }
    boolean _ = answer.cancel(true);
    return failed(leader, asked, new IOException("no answer"));
  }

  private boolean isLeader(URI server) {
    return standby.election().leader().filter(server::equals).isPresent();
  }

  private Optional<HttpResponse<InputStream>> failed(URI leader, HttpRequest asked, Throwable why) {
    boolean unsent = why instanceof ConnectException || why instanceof HttpConnectTimeoutException;
    boolean harmless = Set.of("GET", "HEAD", "OPTIONS").contains(asked.method());
    if ((unsent || harmless) && !isLeader(leader)) {
      return Optional.empty();
    }
    if (unsent || harmless) {
      throw ApiException.of(
          503,
          "no_leader",
          leader
              + ", which led last, does not answer ("
              + why
              + "). Nothing was changed. Another server takes over once ZooKeeper has given it up;"
              + " try again in a moment.");
    }
    throw ApiException.of(
        502,
        "outcome_unknown",
        leader
            + " got the request and did not answer ("
            + why
            + "): whether it was carried out is not known. Look before you repeat it.");
  }

  private void hand(
      URI leader,
      HttpResponse<InputStream> answer,
      ServerRequest request,
      ServerResponse response,
      String self)
      throws IOException {
    response.status(Status.create(answer.statusCode()));
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      if (!NOT_RETURNED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        response.header(header.getKey(), header.getValue().toArray(String[]::new));
      }
    }
    response.header(VIA, "1.1 " + self);
    answer.headers().firstValueAsLong("Content-Length").ifPresent(response::contentLength);
    boolean isEmpty =
        request.prologue().method().text().equals("HEAD")
            || answer.statusCode() == Status.NO_CONTENT_204.code()
            || answer.statusCode() == Status.NOT_MODIFIED_304.code();
    try (InputStream body = answer.body()) {
      if (isEmpty) {
        response.send();
        return;
      }
      try (Transfers.Transfer _ = transfers.begin(leader, body);
          OutputStream to = response.outputStream()) {
        byte[] buffer = new byte[COPIED_AT_ONCE];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
          to.write(buffer, 0, read);
          to.flush(); // what the leader streams is wanted now
        }
      }
    }
  }

  void close() {
    transfers.close();
    client.shutdownNow();
  }
}
