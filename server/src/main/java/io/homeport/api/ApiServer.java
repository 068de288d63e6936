package io.homeport.api;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.homeport.api.definition.StrictJson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The HTTP server: it finds the resource for each request and writes its answer. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  private final String address;
  private final PrometheusMeterRegistry meters;
  private final Optional<Standby> standby;
  private final Optional<LeaderProxy> proxy;
  private final WebServer server;
  private volatile Serving serving;

  /** What is answered here. */
  private record Serving(Router router, boolean leads) {}

  /**
   * A server that listens, and leads.
   *
   * @param backend what the resources stand on
   * @param meters what {@code /metrics} shows
   * @param extend adds filters and further routes: access control
   * @param socket sets up TLS on the listener, where it is wanted
   */
  public ApiServer(
      Backend backend,
      PrometheusMeterRegistry meters,
      Consumer<HttpRouting.Builder> extend,
      Consumer<io.helidon.webserver.WebServerConfig.Builder> socket) {
    this.address = backend.config().address();
    this.meters = meters;
    this.standby = Optional.empty();
    this.proxy = Optional.empty();
    this.serving = new Serving(Routes.of(backend, meters), true);
    this.server = listen(backend.config().port(), extend, socket);
  }

  /**
   * A server that listens, and hands on to the leader what it cannot answer, until it leads itself.
   *
   * @param standby what it needs for that
   * @param address the address it listens on
   * @param port the port it listens on; 0 for any free one
   * @param meters see above
   * @param extend see above
   * @param socket see above
   */
  public ApiServer(
      Standby standby,
      String address,
      int port,
      PrometheusMeterRegistry meters,
      Consumer<HttpRouting.Builder> extend,
      Consumer<io.helidon.webserver.WebServerConfig.Builder> socket) {
    this.address = address;
    this.meters = meters;
    this.standby = Optional.of(standby);
    LeaderProxy toLeader = new LeaderProxy(standby, () -> serving.leads());
    this.proxy = Optional.of(toLeader);
    this.serving = new Serving(Routes.ofStandby(standby, meters), false);
    this.server =
        listen(
            port,
            routing -> {
              toLeader.addTo(routing);
              extend.accept(routing);
            },
            socket);
  }

  private WebServer listen(
      int port,
      Consumer<HttpRouting.Builder> extend,
      Consumer<io.helidon.webserver.WebServerConfig.Builder> socket) {
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(ApiServer::closeAsAsked);
    extend.accept(routing);
    StaticUi.addTo(routing);
    routing.any(this::handle);
    io.helidon.webserver.WebServerConfig.Builder builder =
        WebServer.builder()
            .host(address)
            .port(port)
            .maxPayloadSize(-1)
            .shutdownHook(false)
            // Else the end of an answer waits up to 40 ms for the client to confirm its beginning.
            .connectionOptions(options -> options.tcpNoDelay(true))
            .routing(routing);
    socket.accept(builder);
    WebServer listening = builder.build().start();
    if (!listening.isRunning()) {
      throw new IllegalStateException("it was taken a moment ago");
    }
    return listening;
  }

  /**
   * Helidon answers that it closes the connection, but until 4.5.4 it does not (its issue 12324):
   * who waits for the end of an answer would wait for good.
   */
  private static void closeAsAsked(
      FilterChain chain, RoutingRequest request, RoutingResponse response) {
    chain.proceed();
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("The client asked for it.");
    }
  }

  /**
   * Makes sure that an address can be listened on, before anything is begun that would have to be
   * undone.
   *
   * @param address a name or an address of this machine
   * @param port 0 to 65,535; 0 always can be had
   * @throws IOException when it cannot, with the reason
   */
  public static void checkAddress(String address, int port) throws IOException {
    InetSocketAddress wanted = new InetSocketAddress(address, port);
    if (wanted.isUnresolved()) {
      throw new IOException("there is no such address");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(wanted);
    }
  }

  /**
   * Answers everything itself from now on.
   *
   * @param backend what the resources stand on
   */
  public void lead(Backend backend) {
    serving = new Serving(Routes.of(backend, meters), true);
  }

  /** Hands on to the leader again; what is being answered goes on. */
  public void standBy() {
    standby.ifPresent(all -> serving = new Serving(Routes.ofStandby(all, meters), false));
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    proxy.ifPresent(LeaderProxy::close);
  }

  private void handle(ServerRequest request, ServerResponse response) {
    Answer answer;
    try {
      answer = answer(request);
    } catch (ApiException refused) {
      answer = refusal(refused);
    } catch (RuntimeException failed) {
      LOG.error(
          "{} {} failed. This is a defect of Homeport; please report it.",
          request.prologue().method().text(),
          request.path().path(),
          failed);
      answer =
          new Answer.Body(
              500,
              Json.message("The server failed; its log has the details.").put("code", "internal"),
              Map.of());
    }
    write(request, response, answer);
  }

  private static Answer refusal(ApiException refused) {
    if (refused.status() >= 500) {
      LOG.warn("Answered {}: {}", refused.status(), refused.getMessage(), refused.getCause());
    }
    String allowed = refused.body().path("message").asString("").replaceAll(".*possible: ", "");
    return new Answer.Body(
        refused.status(),
        refused.body(),
        switch (refused.status()) {
          case 405 -> Map.of("Allow", allowed);
          case 503 -> Map.of("Retry-After", "1");
          default -> Map.of();
        });
  }

  private Answer answer(ServerRequest request) {
    String method = request.prologue().method().text();
    String path = request.path().path();
    if (path.indexOf('\0') >= 0) {
      throw ApiException.badRequest("The path must not contain NUL.");
    }
    if (method.equals("OPTIONS")) {
      return new Answer.Empty(204, Map.of());
    }
    Serving now = serving;
    Router.Match match = find(now, method, path);
    Map<String, List<String>> query = new TreeMap<>();
    for (String name : request.query().names()) {
      query.put(name, request.query().all(name, ArrayList::new));
    }
    return match
        .handler()
        .handle(
            new Request(
                method,
                request.prologue().uriPath().rawPath(),
                match.parameters(),
                query,
                name ->
                    Optional.ofNullable(
                        request
                            .headers()
                            .first(io.helidon.http.HeaderNames.create(name))
                            .orElse(null)),
                clientIp(request),
                () -> body(request)));
  }

  private static Router.Match find(Serving now, String method, String path) {
    try {
      return now.router().find(method, path);
    } catch (ApiException unknown) {
      // A standby's own routes are few, and whatever else comes here is for a leader.
      throw now.leads()
          ? unknown
          : ApiException.of(
              503,
              "no_leader",
              "This server is about to lead and reads the state, so nothing was changed. Try again"
                  + " in a moment.");
    }
  }

  static String clientIp(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : "";
  }

  /** The body, which is not longer than one of a definition may be. */
  static byte[] body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream content = request.content().inputStream()) {
      byte[] bytes = content.readNBytes(StrictJson.MAX_BODY_BYTES + 1);
      if (bytes.length > StrictJson.MAX_BODY_BYTES) {
        throw ApiException.of(
            413,
            "body_too_large",
            "The body is larger than " + StrictJson.MAX_BODY_BYTES + " bytes, which is the most.");
      }
      return bytes;
    } catch (IOException failed) {
      throw ApiException.badRequest("The body could not be read: " + failed.getMessage());
    }
  }

  private void write(ServerRequest request, ServerResponse response, Answer answer) {
    try {
      response.status(Status.create(answer.status()));
      response.header("X-Marathon-Leader", leader());
      answer.headers().forEach(response::header);
      boolean head = request.prologue().method().text().equals("HEAD");
      switch (answer) {
        case Answer.Empty _ -> response.send();
        case Answer.Body body -> sendJson(response, body.json(), head);
        case Answer.Text text -> {
          response.header("Content-Type", text.type());
          send(response, text.text().getBytes(StandardCharsets.UTF_8), head);
        }
        case Answer.Stream stream -> {
          response.header("Content-Type", stream.type());
          if (head) {
            response.send();
          } else {
            try (OutputStream client = response.outputStream()) {
              stream.writer().write(client);
            }
          }
        }
      }
    } catch (IOException | UncheckedIOException gone) {
      LOG.debug("The client of {} is gone.", request.path().path(), gone);
    }
  }

  private String leader() {
    return standby
        .flatMap(all -> serving.leads() ? all.election().address() : all.election().leader())
        .map(URI::toString)
        .orElseGet(
            () -> (server.hasTls() ? "https://" : "http://") + address + ":" + server.port());
  }

  private static void sendJson(ServerResponse response, JsonNode json, boolean head) {
    response.header("Content-Type", "application/json");
    send(response, Json.MAPPER.writeValueAsBytes(json), head);
  }

  private static void send(ServerResponse response, byte[] bytes, boolean head) {
    if (head) {
      response.contentLength(bytes.length);
      response.send();
    } else {
      response.send(bytes);
    }
  }
}
