package io.homeport;

import io.homeport.api.ApiConfig;
import io.homeport.api.Backend;
import io.homeport.local.LocalEngine;
import io.homeport.mesos.Fence;
import io.homeport.mesos.MesosEngine;
import io.homeport.runtime.Cluster;
import io.homeport.runtime.Election;
import io.homeport.runtime.EventLog;
import io.homeport.runtime.Leadership;
import io.homeport.runtime.SchedulerLoop;
import io.homeport.runtime.StateMetrics;
import io.homeport.runtime.SteppedDownException;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.ClusterState;
import io.homeport.store.Backup;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time during which this server leads, as the process sees it: store, engine and leadership,
 * opened in this order and let go of together. A server that is alone has one; others may have
 * many.
 */
final class Tenure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

  private final MeterRegistry meters;
  private final Store store;
  private final Cluster engine;
  private final Leadership leadership;
  private final Backend backend;

  /**
   * What outlives it.
   *
   * @param config how the server runs
   * @param meters where it measures
   * @param warnings what operators should know of who may call
   * @param election where it was elected; absent for a server that is alone
   * @param stop ends the server
   * @param onStepDown told when it cannot go on; must not close it
   * @param onRefused told when the engine refuses this server and only a person can help
   */
  record Surroundings(
      ServerConfig config,
      MeterRegistry meters,
      List<String> warnings,
      Optional<Election> election,
      Backend.Stop stop,
      Consumer<SteppedDownException> onStepDown,
      Consumer<String> onRefused) {
    /** The same, with another who is told of a step down. */
    Surroundings withStepDown(Consumer<SteppedDownException> told) {
      return new Surroundings(config, meters, warnings, election, stop, told, onRefused);
    }
  }

  private Tenure(
      Surroundings around, Store store, Cluster engine, CompletableFuture<SchedulerLoop> loop)
      throws StoreException {
    this.meters = around.meters();
    this.store = store;
    this.engine = engine;
    this.leadership =
        Leadership.begin(store, engine, Leadership.Settings.standard(meters, around.onStepDown()));
    EventLog.follow(leadership.journal());
    loop.complete(leadership.loop());
    StateMetrics.register(meters, () -> leadership.loop().snapshot().state());
    Gauge.builder("homeport.engine.warnings", engine, cluster -> cluster.warnings().size())
        .description("What needs an operator's eye at the moment; /v2/info tells what")
        .register(meters);
    ServerConfig config = around.config();
    ApiConfig about =
        new ApiConfig(
            config.http().address(),
            config.http().port(),
            config.role(),
            config.version(),
            around.warnings(),
            store.description(),
            leadership.readOnly(),
            around.election());
    this.backend =
        new Backend(
            leadership.loop(),
            leadership.journal(),
            engine,
            about,
            around.stop(),
            (snapshot, out) -> Backup.write(snapshot, config.version(), out));
  }

  /**
   * Begins one: reads the store, and connects the engine.
   *
   * @param around what outlives it
   * @param store the store, closed with this, also when it fails
   * @throws StoreException when the store cannot be read
   * @throws IOException when the engine's files cannot be used
   */
  static Tenure begin(Surroundings around, Store store) throws StoreException, IOException {
    CompletableFuture<SchedulerLoop> loop = new CompletableFuture<>();
    try {
      return begin(
          around, store, engine(around, store, () -> loop.join().snapshot().state()), loop);
    } catch (StoreException | IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Tenure begin(
      Surroundings around, Store store, Cluster engine, CompletableFuture<SchedulerLoop> loop)
      throws StoreException {
    try {
      Tenure tenure = new Tenure(around, store, engine, loop);
      engine.limitations().forEach(limitation -> LOG.info("Here: {}", limitation));
      return tenure;
    } catch (StoreException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static Cluster engine(Surroundings around, Store store, Supplier<ClusterState> committed)
      throws IOException {
    Optional<Fence> fence = around.election().map(_ -> store::takenOver);
    return switch (around.config().engine()) {
      case ServerConfig.Engine.Local local -> LocalEngine.open(local.options());
      case ServerConfig.Engine.Mesos mesos ->
          MesosEngine.open(mesos.options(), committed, around.onRefused(), fence);
    };
  }

  /** What the API stands on. */
  Backend backend() {
    return backend;
  }

  /** The number of the last commit. */
  long sequence() {
    return leadership.loop().snapshot().sequence();
  }

  /** The engine of this machine, where that is the one. */
  Optional<LocalEngine> localEngine() {
    return engine instanceof LocalEngine local ? Optional.of(local) : Optional.empty();
  }

  /** Takes no more commands, once the turn under way has ended; tasks can still be ended. */
  void letGo() {
    leadership.close();
  }

  /** Lets go of everything; tasks go on. */
  @Override
  public void close() {
    leadership.close();
    engine.close();
    store.close();
    // Each tenure measures anew; what is registered twice would go on showing the first.
    for (Meter meter : List.copyOf(meters.getMeters())) {
      String name = meter.getId().getName();
      if (name.startsWith("homeport.") && !name.startsWith("homeport.election.")) {
        meters.remove(meter);
      }
    }
  }
}
