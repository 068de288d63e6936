package io.homeport;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServerConfig;
import io.homeport.api.ApiServer;
import io.homeport.api.Backend;
import io.homeport.api.access.Access;
import io.homeport.api.access.AccessException;
import io.homeport.api.access.AccessSettings;
import io.homeport.api.access.TlsFiles;
import io.homeport.local.LocalEngine;
import io.homeport.runtime.Election;
import io.homeport.runtime.ExitCode;
import io.homeport.runtime.SteppedDownException;
import io.homeport.runtime.StoreException;
import io.homeport.store.DataDirectory;
import io.homeport.store.SqliteStore;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server, from the data directory to the exit status. While it leads it has a {@link
 * Tenure}: one that is alone from its start to its end, one of several when it is elected ({@link
 * Member}). The API is let go of last but for the directory, so that who waits for its end has
 * waited for everything.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration TASKS_END = Duration.ofSeconds(100);

  private final ServerConfig config;
  private final DataDirectory data;
  private final Access access;
  private final PrometheusMeterRegistry meters = meters();
  private final CompletableFuture<Boolean> asked = new CompletableFuture<>();
  private final AtomicBoolean lettingGo = new AtomicBoolean();
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

  /** Whether tasks end with the server, however it is asked to end. */
  private final AtomicBoolean takesTasksAlong = new AtomicBoolean();

  private final Thread onSignal = new Thread(() -> letGo(takesTasksAlong.get()), "signal");
  private Optional<Tenure> alone = Optional.empty();
  private Optional<Member> member = Optional.empty();
  private Optional<ApiServer> api = Optional.empty();

  private Server(ServerConfig config, DataDirectory data, Access access) {
    this.config = config;
    this.data = data;
    this.access = access;
  }

  /**
   * Starts a server. When it returns, it serves.
   *
   * @param config how
   * @throws StoreException when the data directory or the store cannot be used
   * @throws AccessException when it would be open to the wrong ones, or a file is not as it should
   *     be
   * @throws IOException when the engine's directory cannot be used
   */
  static Server start(ServerConfig config) throws StoreException, AccessException, IOException {
    DataDirectory data = DataDirectory.open(config.dataDir());
    Server server = new Server(config, data, Access.open(access(config, data)));
    server.checkAddress();
    server.serve();
    Runtime.getRuntime().addShutdownHook(server.onSignal);
    return server;
  }

  private void serve() throws StoreException, AccessException, IOException {
    ServerConfig.Http http = config.http();
    Optional<Tls> tls =
        http.tls().isPresent()
            ? Optional.of(TlsFiles.read(http.tls().get().certificate(), http.tls().get().key()))
            : Optional.empty();
    Consumer<WebServerConfig.Builder> socket = listener -> tls.ifPresent(listener::tls);
    ApiServer serving =
        config.installation().isPresent()
            ? join(config.installation().get(), socket)
            : lead(socket);
    api = Optional.of(serving);
    LOG.info(
        "Homeport {}, serving {}://{}:{}",
        config.version(),
        tls.isPresent() ? "https" : "http",
        http.address(),
        serving.port());
    access.policy().warnings().forEach(LOG::warn);
  }

  /** The one server of its store leads from the start. */
  private ApiServer lead(Consumer<WebServerConfig.Builder> socket)
      throws StoreException, AccessException, IOException {
    Tenure tenure =
        Tenure.begin(
            surroundings(Optional.empty(), Server::end, Server::refused),
            SqliteStore.open(data.database()));
    alone = Optional.of(tenure);
    LOG.info("Everything is kept in {}", data.path());
    return listening(
        () -> new ApiServer(tenure.backend(), meters, access::protect, socket), tenure::close);
  }

  /** One of several leads when it is elected. */
  private ApiServer join(
      ServerConfig.Installation installation, Consumer<WebServerConfig.Builder> socket)
      throws StoreException, AccessException {
    Member joins = Member.of(installation, data);
    member = Optional.of(joins);
    ApiServer serving =
        listening(
            () -> joins.listen(config.http(), meters, access, this::stop, socket), joins::close);
    joins.stand(
        config.http(),
        serving,
        surroundings(
            Optional.of(joins.election()),
            why -> {
              joins.sayFarewell();
              end(why);
            },
            why -> {
              joins.sayFarewell();
              refused(why);
            }));
    return serving;
  }

  private Tenure.Surroundings surroundings(
      Optional<Election> election,
      Consumer<SteppedDownException> onStepDown,
      Consumer<String> onRefused) {
    return new Tenure.Surroundings(
        config, meters, access.policy().warnings(), election, this::stop, onStepDown, onRefused);
  }

  /** Begins to listen. */
  private interface Listening {
    ApiServer begin() throws AccessException;
  }

  private ApiServer listening(Listening attempt, Runnable otherwise)
      throws StoreException, AccessException {
    try {
      return attempt.begin();
    } catch (AccessException failed) {
      otherwise.run();
      throw failed;
    } catch (RuntimeException failed) {
      otherwise.run();
      throw new StoreException(cannotListen(rootCause(failed)), failed);
    }
  }

  private void checkAddress() throws IOException {
    try {
      ApiServer.checkAddress(config.http().address(), config.http().port());
    } catch (IOException refused) {
      throw new IOException(cannotListen(rootCause(refused)), refused);
    }
  }

  private String cannotListen(String reason) {
    return "Cannot listen on "
        + config.http().address()
        + ":"
        + config.http().port()
        + ": "
        + reason
        + ". Choose another with --http-port or --http-address, or end what listens there.";
  }

  private static void end(SteppedDownException why) {
    LOG.error("The server stops, its tasks go on: {}", why.getMessage(), why);
    Runtime.getRuntime().halt(why.exitCode().number());
  }

  private static void refused(String why) {
    LOG.error("The server stops, its tasks go on: {}", why);
    Runtime.getRuntime().halt(ExitCode.ENGINE_REFUSED.number());
  }

  private static AccessSettings access(ServerConfig config, DataDirectory data) {
    ServerConfig.Http http = config.http();
    List<String> names = new ArrayList<>(http.hostNames());
    config
        .installation()
        .flatMap(ServerConfig.Installation::advertise)
        .map(Advertised::host)
        .ifPresent(names::add);
    return new AccessSettings(
        http.address(),
        ServerCommand.isRoot(),
        http.insecure(),
        data.path().resolve("token"),
        http.credentials(),
        http.tls().isPresent(),
        names);
  }

  private static PrometheusMeterRegistry meters() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    return meters;
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Begins to end the server, see {@link Backend.Stop}. */
  private Optional<String> stop(boolean tasks) {
    if (tasks && !(config.engine() instanceof ServerConfig.Engine.Local)) {
      return Optional.of(
          "Tasks on Mesos are ended by scaling or deleting their apps; the server can be stopped"
              + " without them.");
    }
    asked.complete(tasks);
    return Optional.empty();
  }

  /**
   * Ends the server and its tasks when an input ends, and its tasks with the server also when a
   * signal ends it first: Ctrl-C in a terminal reaches all that was started there.
   *
   * @param input nothing is done with what comes
   */
  void endWithInput(InputStream input) {
    takesTasksAlong.set(true);
    Thread.ofPlatform()
        .daemon()
        .name("input")
        .start(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException gone) {
                LOG.debug("The input is gone.", gone);
              }
              asked.complete(true);
            });
  }

  /**
   * Waits until somebody asks for the end, and ends.
   *
   * @return the exit status
   */
  int await() {
    return letGo(asked.join()) ? 0 : 1;
  }

  /** Ends the server; tasks go on. */
  @Override
  public void close() {
    letGo(false);
  }

  /** Whoever comes second waits for the first: a signal must not cut the end of the tasks short. */
  private boolean letGo(boolean tasks) {
    if (!lettingGo.compareAndSet(false, true)) {
      return gone.join();
    }
    boolean ended = false;
    try {
      ended = windDown(tasks);
      return ended;
    } finally {
      gone.complete(ended);
    }
  }

  private boolean windDown(boolean tasks) {
    LOG.info(tasks ? "Ending all tasks and the server." : "Ending the server; its tasks go on.");
    alone.ifPresent(Tenure::letGo);
    boolean ended = !tasks || alone.flatMap(Tenure::localEngine).map(Server::endTasks).orElse(true);
    alone.ifPresent(Tenure::close);
    member.ifPresent(Member::close);
    api.ifPresent(ApiServer::close);
    data.close();
    LOG.info("The server has ended.");
    return ended;
  }

  private static boolean endTasks(LocalEngine engine) {
    try {
      int left = engine.endTasks(TASKS_END);
      if (left > 0) {
        LOG.error("{} tasks have not ended within {} s.", left, TASKS_END.toSeconds());
      }
      return left == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
