package io.homeport.simulation.users;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.scheduler.Command;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Quarantined;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a user may want at the moment: everything that can be asked for. */
final class Wishes {
  private static final Command.Origin ORIGIN = new Command.Origin("192.0.2.1", "/v2/apps");

  private final World world;
  private final AppTemplates templates;
  private final SplitMix64 random;

  Wishes(World world, AppTemplates templates, SplitMix64 random) {
    this.world = world;
    this.templates = templates;
    this.random = random;
  }

  Optional<Command> drawn(ClusterState known) {
    DurableState state = known.durable();
    if (state.safeMode().isPresent() && random.chance(0.1)) {
      return Optional.of(new Command.Resume());
    }
    List<App> apps = List.copyOf(state.apps().values());
    if (apps.isEmpty() || (apps.size() < world.profile().mostApps() && random.chance(0.3))) {
      return Optional.of(create());
    }
    App app = random.pick(apps);
    return switch (random.below(20)) {
      case 0, 1, 2, 3 -> Optional.of(put(app, AppTemplates.scaled(app.definition(), count())));
      case 4, 5, 6 ->
          Optional.of(
              put(app, AppTemplates.changed(app.definition(), "run " + random.below(1_000_000))));
      case 7 -> Optional.of(new Command.RestartApp(app.id(), random.chance(0.5)));
      case 8, 9, 10, 11 -> kill(state, app);
      case 12, 13 ->
          Optional.of(new Command.DeleteApp(app.id(), random.chance(0.5), Optional.empty()));
      case 14 -> destroy(known);
      case 15, 16 -> adopt(known, app);
      case 17 -> cancel(state);
      case 18 ->
          app.definition().isStateful()
              ? Optional.of(put(app, AppTemplates.forbidden(app.definition())))
              : Optional.empty();
      default -> Optional.of(new Command.ResetDelay(app.id()));
    };
  }

  private int count() {
    return (int) random.between(0, world.profile().mostInstances());
  }

  private Command create() {
    AppId id = new AppId("/app-" + random.below(world.profile().mostApps()));
    AppDefinition definition = templates.drawn(id, count());
    return new Command.PutApps(
        List.of(new Command.AppPut(definition, Optional.empty())), random.chance(0.3), ORIGIN);
  }

  private Command put(App app, AppDefinition definition) {
    return new Command.PutApps(
        List.of(new Command.AppPut(definition, Optional.of(app.definition().version()))),
        random.chance(0.5),
        ORIGIN);
  }

  private Optional<Command> kill(DurableState state, App app) {
    List<InstanceId> instances =
        state.instancesOf(app.id()).all().values().stream()
            .filter(instance -> instance.goal() != Goal.DECOMMISSIONED)
            .map(Instance::id)
            .toList();
    if (instances.isEmpty()) {
      return Optional.empty();
    }
    List<Command.KillMode> modes = List.of(Command.KillMode.values());
    return Optional.of(
        new Command.KillInstances(
            List.of(random.pick(instances)), random.pick(modes), random.chance(0.5)));
  }

  /** What nobody uses, mostly; now and then somebody errs. */
  private List<Reservation> idle(DurableState state) {
    List<Reservation> idle = new ArrayList<>();
    for (Reservation reservation : state.reservations().values()) {
      if (reservation.state() instanceof ReservationState.LeftBehind || random.chance(0.2)) {
        idle.add(reservation);
      }
    }
    return idle;
  }

  /** One of those that no record explains, if there are any and somebody cares. */
  private Optional<Quarantined> quarantined(ClusterState known) {
    List<Quarantined> strange =
        known.present().quarantined().values().stream()
            .filter(found -> !found.offered().volumes().isEmpty())
            .toList();
    return strange.isEmpty() || random.chance(0.3)
        ? Optional.empty()
        : Optional.of(random.pick(strange));
  }

  private VolumeId volume(Quarantined strange) {
    return random.pick(strange.offered().volumes()).id();
  }

  private Optional<Command> destroy(ClusterState known) {
    Optional<Quarantined> strange = quarantined(known);
    if (strange.isPresent()) {
      return Optional.of(new Command.DestroyVolume(volume(strange.get())));
    }
    List<Reservation> idle = idle(known.durable());
    return idle.isEmpty()
        ? Optional.empty()
        : Optional.of(new Command.DestroyVolume(volume(random.pick(idle)).id()));
  }

  private Volume volume(Reservation reservation) {
    return random.pick(reservation.volumes());
  }

  private Optional<Command> adopt(ClusterState known, App app) {
    Optional<Quarantined> strange = quarantined(known);
    if (strange.isPresent()) {
      return Optional.of(adopt(known.durable(), strange.get(), app));
    }
    List<Reservation> idle = idle(known.durable());
    if (idle.isEmpty()) {
      return Optional.empty();
    }
    Reservation chosen = random.pick(idle);
    boolean home = known.durable().apps().containsKey(chosen.appId()) && random.chance(0.8);
    return Optional.of(
        new Command.AdoptVolume(volume(chosen).id(), home ? chosen.appId() : app.id(), ordinal()));
  }

  private Optional<Integer> ordinal() {
    return random.chance(0.3) ? Optional.of(random.below(6)) : Optional.empty();
  }

  /** Adopts something strange for an app that looks as if it fits, if there is one. */
  private Command adopt(DurableState state, Quarantined strange, App otherwise) {
    int volumes = strange.offered().volumes().size();
    int ports = strange.offered().ports().size();
    List<App> alike =
        state.apps().values().stream()
            .filter(app -> app.definition().persistentVolumes().size() == volumes)
            .filter(app -> app.definition().wantedPorts().size() == ports)
            .filter(app -> strange.offered().resources().covers(app.definition().resources()))
            .toList();
    App chosen = alike.isEmpty() ? otherwise : random.pick(alike);
    return new Command.AdoptVolume(volume(strange), chosen.id(), ordinal());
  }

  private Optional<Command> cancel(DurableState state) {
    List<Deployment> deployments = List.copyOf(state.deployments().values());
    return deployments.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Command.CancelDeployment(random.pick(deployments).id(), random.chance(0.5)));
  }
}
