package io.homeport.api.access;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lets callers in, or not. It stands before everything else that the server answers. */
public final class Access {
  private static final String COOKIE = "homeport-session";
  private static final String HANDED_ON = "homeport-handed-on";
  private static final int LONGEST_LOGIN = 10_000;
  private static final Duration AFTER_FAILURE = Duration.ofMillis(300);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Open to everybody: they tell nothing, or are what a login needs. */
  private static final Set<String> PUBLIC =
      Set.of("/", "/ping", "/ui", "/login", "/logout", "/v2/session");

  private final AccessPolicy policy;
  private final Credentials credentials;
  private final SiteCheck sites;
  private final Sessions sessions = new Sessions(InstantSource.system());
  private final boolean tls;

  private Access(AccessPolicy policy, Credentials credentials, AccessSettings settings) {
    this.policy = policy;
    this.credentials = credentials;
    this.tls = settings.tls();
    var names = new java.util.ArrayList<>(settings.hostNames());
    names.add(settings.address());
    this.sites = new SiteCheck(policy.loopback(), names);
  }

  /**
   * Prepares the way in: makes or reads the token file, and reads the credentials, where needed.
   *
   * @param settings what decides who may call
   * @throws AccessException when it would be open to the wrong ones, or a file is not as it should
   *     be
   */
  public static Access open(AccessSettings settings) throws AccessException {
    AccessPolicy policy = AccessPolicy.choose(settings);
    Credentials credentials =
        switch (policy.mode()) {
          case OPEN -> Credentials.none();
          case TOKEN -> Credentials.none().withToken(TokenFile.open(settings.tokenFile()));
          case CREDENTIALS ->
              Credentials.read(settings.credentials().orElseThrow())
                  .withToken(TokenFile.open(settings.tokenFile()));
        };
    return new Access(policy, credentials, settings);
  }

  /** Who may call, and what operators should know about it. */
  public AccessPolicy policy() {
    return policy;
  }

  /**
   * Stands before all routes, and adds those for logging in: {@code POST /login} with {@code
   * {"token"}} or {@code {"user", "password"}}, {@code POST /logout}, {@code GET /v2/session}.
   *
   * @param routing the routes
   */
  public void protect(HttpRouting.Builder routing) {
    routing.addFilter(this::filter);
    routing.post("/login", this::login);
    routing.post("/logout", this::logout);
    routing.get("/v2/session", this::session);
  }

  /**
   * Says of a request that another server answers it, which then decides who may call. Pages of
   * other sites are refused all the same, because only this server hears from the browser.
   *
   * @param request a request that has not come to the filter yet
   */
  public static void handOn(ServerRequest request) {
    request.context().register(HANDED_ON, true);
  }

  /**
   * Answers a request that came by way of a page of another site, or under a name that is not this
   * server's.
   *
   * @param request the request
   * @param response gets the refusal
   * @return whether it was refused
   */
  private boolean refusesPage(ServerRequest request, ServerResponse response) {
    Optional<String> problem =
        sites.problem(
            request.prologue().method().text(),
            Optional.ofNullable(request.authority()).orElse(""),
            header(request, "Origin"),
            header(request, "Sec-Fetch-Site"));
    problem.ifPresent(why -> refuse(response, Status.FORBIDDEN_403, "forbidden", why));
    return problem.isPresent();
  }

  private void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (refusesPage(request, response)) {
      return;
    }
    if (request.context().get(HANDED_ON, Boolean.class).isPresent()) {
      chain.proceed();
      return;
    }
    String path = request.path().path();
    if (policy.mode() == AccessMode.OPEN
        || PUBLIC.contains(path)
        || path.startsWith("/ui/")
        || user(request).isPresent()) {
      chain.proceed();
    } else {
      pauseAfter(header(request, "Authorization").isPresent());
      if (!credentials.passwords().isEmpty() && header(request, "Sec-Fetch-Mode").isEmpty()) {
        response.header("WWW-Authenticate", "Basic realm=\"homeport\", charset=\"UTF-8\"");
      } else {
        response.header("WWW-Authenticate", "Bearer realm=\"homeport\"");
      }
      refuse(
          response,
          Status.UNAUTHORIZED_401,
          "unauthorized",
          "Log in, or send 'Authorization: Bearer TOKEN' with the server's token: the file 'token'"
              + " in its data directory has it.");
    }
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  private Optional<String> user(ServerRequest request) {
    Optional<String> authorization = header(request, "Authorization");
    if (authorization.isPresent()) {
      return authorized(authorization.get());
    }
    return sessionId(request).flatMap(sessions::user);
  }

  private Optional<String> authorized(String authorization) {
    String[] parts = authorization.strip().split("\\s+", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer", "token" -> credentials.byToken(parts[1].replaceFirst("^token=", ""));
      case "basic" -> basic(parts[1]);
      default -> Optional.empty();
    };
  }

  private Optional<String> basic(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : credentials.byPassword(text.substring(0, colon), text.substring(colon + 1));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  private static Optional<String> sessionId(ServerRequest request) {
    return request.headers().cookies().first(COOKIE).asOptional();
  }

  /** Guessing is slow, whoever does it; each request has a thread of its own. */
  private static void pauseAfter(boolean failure) {
    if (failure) {
      try {
        Thread.sleep(AFTER_FAILURE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void login(ServerRequest request, ServerResponse response) {
    JsonNode body;
    try (InputStream content = request.content().inputStream()) {
      body = JSON.readTree(content.readNBytes(LONGEST_LOGIN));
    } catch (IOException | JacksonException notJson) {
      refuse(
          response,
          Status.BAD_REQUEST_400,
          "bad_request",
          "Expected {\"token\": ...} or {\"user\": ..., \"password\": ...}.");
      return;
    }
    Optional<String> user =
        body.has("token")
            ? credentials.byToken(body.path("token").asString("").strip())
            : credentials.byPassword(
                body.path("user").asString(""), body.path("password").asString(""));
    if (user.isEmpty()) {
      pauseAfter(true);
      refuse(response, Status.UNAUTHORIZED_401, "unauthorized", "Not known, or not with this.");
      return;
    }
    response.header("Set-Cookie", cookie(sessions.begin(user.get())));
    send(response, Status.OK_200, state(user));
  }

  private String cookie(String value) {
    return COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (tls ? "; Secure" : "");
  }

  private void logout(ServerRequest request, ServerResponse response) {
    sessionId(request).ifPresent(sessions::end);
    response.header("Set-Cookie", cookie("") + "; Max-Age=0");
    send(response, Status.OK_200, state(Optional.empty()));
  }

  private void session(ServerRequest request, ServerResponse response) {
    send(response, Status.OK_200, state(user(request)));
  }

  private ObjectNode state(Optional<String> user) {
    boolean open = policy.mode() == AccessMode.OPEN;
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("authenticated", open || user.isPresent());
    state.put("loginRequired", !open && user.isEmpty());
    state.put("user", user.orElse(null));
    state.put("mode", policy.mode().name().toLowerCase(Locale.ROOT));
    var methods = state.putArray("methods");
    if (!credentials.tokens().isEmpty()) {
      methods.add("token");
    }
    if (!credentials.passwords().isEmpty()) {
      methods.add("password");
    }
    return state;
  }

  private static void refuse(ServerResponse response, Status status, String code, String message) {
    send(
        response,
        status,
        JsonNodeFactory.instance.objectNode().put("message", message).put("code", code));
  }

  private static void send(ServerResponse response, Status status, ObjectNode body) {
    response.status(status);
    response.header("Content-Type", "application/json");
    response.header("Cache-Control", "no-store");
    response.send(JSON.writeValueAsBytes(body));
  }
}
