package io.homeport;

import io.helidon.common.tls.Tls;
import io.homeport.api.ApiConfig;
import io.homeport.api.ApiServer;
import io.homeport.api.Backend;
import io.homeport.api.access.Access;
import io.homeport.api.access.AccessException;
import io.homeport.api.access.AccessSettings;
import io.homeport.api.access.TlsFiles;
import io.homeport.local.LocalEngine;
import io.homeport.mesos.MesosEngine;
import io.homeport.runtime.Cluster;
import io.homeport.runtime.EventLog;
import io.homeport.runtime.ExitCode;
import io.homeport.runtime.Leadership;
import io.homeport.runtime.SchedulerLoop;
import io.homeport.runtime.StateMetrics;
import io.homeport.runtime.SteppedDownException;
import io.homeport.runtime.StoreException;
import io.homeport.state.ClusterState;
import io.homeport.store.Backup;
import io.homeport.store.DataDirectory;
import io.homeport.store.SqliteStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: data directory, store, engine, leadership and API, tied together in this order.
 * The API is let go of last but for the directory, so that who waits for its end has waited for
 * everything.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration TASKS_END = Duration.ofSeconds(100);

  private final DataDirectory data;
  private final SqliteStore store;
  private final Cluster engine;
  private final Leadership leadership;
  private final ApiServer api;
  private final CompletableFuture<Boolean> asked = new CompletableFuture<>();
  private final AtomicBoolean lettingGo = new AtomicBoolean();

  /** Whether tasks end with the server, however it is asked to end. */
  private final AtomicBoolean takesTasksAlong = new AtomicBoolean();

  private final Thread onSignal = new Thread(() -> letGo(takesTasksAlong.get()), "signal");

  private Server(
      ServerConfig config,
      DataDirectory data,
      SqliteStore store,
      Cluster engine,
      CompletableFuture<SchedulerLoop> loop,
      Access access)
      throws StoreException, AccessException {
    this.data = data;
    this.store = store;
    this.engine = engine;
    PrometheusMeterRegistry meters = meters();
    this.leadership =
        Leadership.begin(store, engine, Leadership.Settings.standard(meters, Server::stepDown));
    EventLog.follow(leadership.journal());
    loop.complete(leadership.loop());
    StateMetrics.register(meters, () -> leadership.loop().snapshot().state());
    Gauge.builder("homeport.engine.warnings", engine, cluster -> cluster.warnings().size())
        .description("What needs an operator's eye at the moment; /v2/info tells what")
        .register(meters);
    ServerConfig.Http http = config.http();
    ApiConfig about =
        new ApiConfig(
            http.address(),
            http.port(),
            config.role(),
            config.version(),
            access.policy().warnings(),
            store.description(),
            leadership.readOnly());
    Backend backend =
        new Backend(
            leadership.loop(),
            leadership.journal(),
            engine,
            about,
            this::stop,
            (snapshot, out) -> Backup.write(snapshot, config.version(), out));
    Optional<Tls> tls =
        http.tls().isPresent()
            ? Optional.of(TlsFiles.read(http.tls().get().certificate(), http.tls().get().key()))
            : Optional.empty();
    this.api = serve(http, backend, meters, access, tls);
    LOG.info(
        "Homeport {}, serving {}://{}:{}",
        config.version(),
        tls.isPresent() ? "https" : "http",
        http.address(),
        api.port());
    access.policy().warnings().forEach(LOG::warn);
    LOG.info("Everything is kept in {}", data.path());
    engine.limitations().forEach(limitation -> LOG.info("Here: {}", limitation));
  }

  private ApiServer serve(
      ServerConfig.Http http,
      Backend backend,
      PrometheusMeterRegistry meters,
      Access access,
      Optional<Tls> tls)
      throws StoreException {
    try {
      return new ApiServer(backend, meters, access::protect, socket -> tls.ifPresent(socket::tls));
    } catch (RuntimeException failed) {
      leadership.close();
      throw new StoreException(cannotListen(http, rootCause(failed)), failed);
    }
  }

  private static void checkAddress(ServerConfig.Http http) throws IOException {
    try {
      ApiServer.checkAddress(http.address(), http.port());
    } catch (IOException refused) {
      throw new IOException(cannotListen(http, rootCause(refused)), refused);
    }
  }

  private static String cannotListen(ServerConfig.Http http, String reason) {
    return "Cannot listen on "
        + http.address()
        + ":"
        + http.port()
        + ": "
        + reason
        + ". Choose another with --http-port or --http-address, or end what listens there.";
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
    Access access = Access.open(access(config, data));
    checkAddress(config.http());
    SqliteStore store = SqliteStore.open(data.database());
    CompletableFuture<SchedulerLoop> loop = new CompletableFuture<>();
    Cluster engine = engine(config.engine(), () -> loop.join().snapshot().state());
    Server server = new Server(config, data, store, engine, loop, access);
    Runtime.getRuntime().addShutdownHook(server.onSignal);
    return server;
  }

  private static Cluster engine(ServerConfig.Engine engine, Supplier<ClusterState> committed)
      throws IOException {
    return switch (engine) {
      case ServerConfig.Engine.Local local -> LocalEngine.open(local.options());
      case ServerConfig.Engine.Mesos mesos ->
          MesosEngine.open(mesos.options(), committed, Server::refused);
    };
  }

  private static void refused(String why) {
    LOG.error("The server stops, its tasks go on: {}", why);
    Runtime.getRuntime().halt(ExitCode.ENGINE_REFUSED.number());
  }

  private static AccessSettings access(ServerConfig config, DataDirectory data) {
    ServerConfig.Http http = config.http();
    return new AccessSettings(
        http.address(),
        ServerCommand.isRoot(),
        http.insecure(),
        data.path().resolve("token"),
        http.credentials(),
        http.tls().isPresent(),
        http.hostNames());
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

  private static void stepDown(SteppedDownException why) {
    LOG.error("The server stops, its tasks go on: {}", why.getMessage(), why);
    Runtime.getRuntime().halt(why.exitCode().number());
  }

  /** Begins to end the server, see {@link Backend.Stop}. */
  private Optional<String> stop(boolean tasks) {
    if (tasks && !(engine instanceof LocalEngine)) {
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

  private boolean letGo(boolean tasks) {
    if (!lettingGo.compareAndSet(false, true)) {
      return true;
    }
    LOG.info(tasks ? "Ending all tasks and the server." : "Ending the server; its tasks go on.");
    leadership.close();
    boolean ended = !tasks || endTasks();
    engine.close();
    store.close();
    api.close();
    data.close();
    LOG.info("The server has ended.");
    return ended;
  }

  private boolean endTasks() {
    try {
      if (!(engine instanceof LocalEngine local)) {
        return true;
      }
      int left = local.endTasks(TASKS_END);
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
