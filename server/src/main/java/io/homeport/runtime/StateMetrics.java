package io.homeport.runtime;

import io.homeport.model.AgentStatus;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.Volume;
import io.homeport.model.VolumeStatus;
import io.homeport.state.AgentView;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import io.homeport.state.Quarantined;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * What is there, counted for monitoring: apps, instances, volumes, agents, deployments. It is
 * counted when asked, once for each committed state.
 */
public final class StateMetrics {
  private final Supplier<ClusterState> state;
  private volatile Counts last = Counts.of(ClusterState.EMPTY);

  private StateMetrics(Supplier<ClusterState> state) {
    this.state = state;
  }

  /** Everything that is counted of one state. */
  private record Counts(
      ClusterState state,
      int wanted,
      Map<Condition, Integer> instances,
      Map<VolumeStatus, Integer> volumes,
      Map<AgentStatus, Integer> agents) {
    static Counts of(ClusterState state) {
      int wanted = 0;
      for (App app : state.durable().apps().values()) {
        wanted += app.definition().instances();
      }
      Map<Condition, Integer> instances = new EnumMap<>(Condition.class);
      for (AppInstances app : state.durable().instances().values()) {
        for (Instance instance : app.all().values()) {
          instances.merge(instance.condition(), 1, Integer::sum);
        }
      }
      Map<AgentStatus, Integer> agents = new EnumMap<>(AgentStatus.class);
      for (AgentView view : state.present().views().values()) {
        agents.merge(view.status(), 1, Integer::sum);
      }
      return new Counts(state, wanted, instances, volumes(state), agents);
    }

    private static Map<VolumeStatus, Integer> volumes(ClusterState state) {
      Map<VolumeStatus, Integer> volumes = new EnumMap<>(VolumeStatus.class);
      for (Reservation reservation : state.durable().reservations().values()) {
        for (Volume volume : reservation.volumes()) {
          volumes.merge(state.durable().statusOf(reservation, volume), 1, Integer::sum);
        }
      }
      for (Quarantined quarantined : state.present().quarantined().values()) {
        int there = quarantined.offered().volumes().size();
        volumes.merge(VolumeStatus.QUARANTINED, there, Integer::sum);
      }
      return volumes;
    }
  }

  /**
   * Registers the meters.
   *
   * @param registry where
   * @param state gives the last committed state
   */
  public static void register(MeterRegistry registry, Supplier<ClusterState> state) {
    StateMetrics metrics = new StateMetrics(state);
    metrics.gauge(registry, "apps", "apps", counts -> counts.state().durable().apps().size());
    metrics.gauge(
        registry,
        "deployments",
        "deployments under way",
        counts -> counts.state().durable().deployments().size());
    metrics.gauge(registry, "instances.wanted", "instances that apps are to have", Counts::wanted);
    for (Condition condition : Condition.values()) {
      metrics.tagged(
          registry,
          "instances",
          condition.name(),
          counts -> counts.instances().getOrDefault(condition, 0));
    }
    for (VolumeStatus status : VolumeStatus.values()) {
      metrics.tagged(
          registry, "volumes", status.text(), counts -> counts.volumes().getOrDefault(status, 0));
    }
    for (AgentStatus status : AgentStatus.values()) {
      metrics.tagged(
          registry, "agents", status.name(), counts -> counts.agents().getOrDefault(status, 0));
    }
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Counts> count) {
    Gauge.builder("homeport." + name, this, metrics -> count.applyAsDouble(metrics.counts()))
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private void tagged(
      MeterRegistry registry, String name, String status, ToIntFunction<Counts> count) {
    Gauge.builder("homeport." + name, this, metrics -> count.applyAsInt(metrics.counts()))
        .description(name + " in each status")
        .tag("status", status.toLowerCase(Locale.ROOT).replace(' ', '_'))
        .strongReference(true)
        .register(registry);
  }

  @SuppressWarnings("ReferenceEquality") // the same state is meant, and comparing costs nothing
  private Counts counts() {
    ClusterState now = state.get();
    Counts counted = last;
    if (counted.state() != now) {
      counted = Counts.of(now);
      last = counted;
    }
    return counted;
  }
}
