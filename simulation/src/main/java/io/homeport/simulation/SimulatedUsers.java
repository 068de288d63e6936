package io.homeport.simulation;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Volume;
import io.homeport.runtime.DecisionFailedException;
import io.homeport.runtime.Submission;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;
import io.homeport.state.App;
import io.homeport.state.DurableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * People and programs that use the API: they ask for whatever can be asked for, at bad moments, and
 * ask again when no reply came.
 */
final class SimulatedUsers {
  private static final Command.Origin ORIGIN = new Command.Origin("192.0.2.1", "/v2/apps");

  private final World world;
  private final SplitMix64 random;
  private final AppTemplates templates;
  private int changes;

  SimulatedUsers(World world, SplitMix64 random) {
    this.world = world;
    this.random = random;
    this.templates = new AppTemplates(random.fork());
  }

  void begin() {
    next();
  }

  private void next() {
    long pause = random.between(1, world.profile().usersPause().toMillis() * 2);
    world
        .agenda()
        .after(
            pause,
            () -> {
              if (world.isTroubled()) {
                world.election().leader().ifPresent(this::act);
                next();
              }
            });
  }

  private void act(SchedulerNode leader) {
    DurableState state = leader.snapshot().orElseThrow().state().durable();
    drawn(state).ifPresent(command -> ask(leader, command, 3));
  }

  private Optional<Command> drawn(DurableState state) {
    List<App> apps = List.copyOf(state.apps().values());
    if (apps.isEmpty() || (apps.size() < world.profile().mostApps() && random.chance(0.3))) {
      return Optional.of(create());
    }
    App app = random.pick(apps);
    return switch (random.below(20)) {
      case 0, 1, 2, 3 -> Optional.of(put(app, AppTemplates.scaled(app.definition(), count())));
      case 4, 5, 6 ->
          Optional.of(put(app, AppTemplates.changed(app.definition(), "run " + ++changes)));
      case 7 -> Optional.of(new Command.RestartApp(app.id(), random.chance(0.5)));
      case 8, 9, 10, 11 -> kill(state, app);
      case 12, 13 ->
          Optional.of(new Command.DeleteApp(app.id(), random.chance(0.5), Optional.empty()));
      case 14 -> destroy(state);
      case 15, 16 -> adopt(state, app);
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

  private List<Reservation> idle(DurableState state) {
    List<Reservation> idle = new ArrayList<>();
    for (Reservation reservation : state.reservations().values()) {
      if (reservation.state() instanceof ReservationState.LeftBehind || random.chance(0.2)) {
        idle.add(reservation);
      }
    }
    return idle;
  }

  private Optional<Command> destroy(DurableState state) {
    List<Reservation> idle = idle(state);
    return idle.isEmpty()
        ? Optional.empty()
        : Optional.of(new Command.DestroyVolume(volume(random.pick(idle)).id()));
  }

  private Volume volume(Reservation reservation) {
    return random.pick(reservation.volumes());
  }

  private Optional<Command> adopt(DurableState state, App app) {
    List<Reservation> idle = idle(state);
    if (idle.isEmpty()) {
      return Optional.empty();
    }
    Reservation chosen = random.pick(idle);
    AppId id =
        state.apps().containsKey(chosen.appId()) && random.chance(0.8) ? chosen.appId() : app.id();
    return Optional.of(
        new Command.AdoptVolume(
            volume(chosen).id(),
            id,
            random.chance(0.3) ? Optional.of(random.below(6)) : Optional.empty()));
  }

  private Optional<Command> cancel(DurableState state) {
    List<Deployment> deployments = List.copyOf(state.deployments().values());
    return deployments.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Command.CancelDeployment(random.pick(deployments).id(), random.chance(0.5)));
  }

  /** Asks; and asks again, whoever leads by then, when no reply comes. */
  private void ask(SchedulerNode leader, Command command, int attempts) {
    remember(leader.snapshot().orElseThrow().state().durable(), command);
    Submission submission = leader.ask(command);
    var _ =
        submission
            .reply()
            .whenComplete(
                (reply, failure) -> {
                  if (failure instanceof DecisionFailedException) {
                    throw new InvariantViolation(
                        "decisions-never-fail", SchedulerNode.stack(failure));
                  } else if (failure != null && attempts > 1) {
                    world.tally().reached("a reply lost and the request repeated");
                    retry(command, attempts - 1);
                  } else if (failure == null) {
                    answered(command, reply);
                  }
                });
  }

  private void retry(Command command, int attempts) {
    world
        .agenda()
        .after(
            random.between(500, 30_000),
            () -> world.election().leader().ifPresent(leader -> ask(leader, command, attempts)));
  }

  /** The oracle knows what was asked for, whatever becomes of it. */
  private void remember(DurableState state, Command command) {
    Oracle oracle = world.oracle();
    switch (command) {
      case Command.DeleteApp delete -> oracle.askedToDelete(delete.app());
      case Command.KillInstances kill -> {
        if (kill.mode() == Command.KillMode.WIPE) {
          kill.instances().forEach(oracle::askedToWipe);
        } else if (kill.mode() == Command.KillMode.REPLACE) {
          kill.instances().forEach(oracle::askedToReplace);
        }
      }
      case Command.DestroyVolume destroy -> oracle.askedToDestroy(destroy.volume());
      case Command.AdoptVolume adopt -> oracle.askedToAdoptFor(adopt.app());
      case Command.CancelDeployment cancel -> {
        // Rolling back a deployment that made an app deletes the app.
        Deployment deployment = state.deployments().get(cancel.deployment());
        if (deployment != null && !cancel.force()) {
          deployment
              .originals()
              .forEach(
                  (id, original) -> {
                    if (original.isEmpty()) {
                      oracle.askedToDelete(id);
                    }
                  });
        }
      }
      case Command.PutApps _, Command.RestartApp _, Command.ResetDelay _, Command.Resume _ -> {}
    }
  }

  /** Promise 4: what was answered is stored. */
  private void answered(Command command, Reply reply) {
    world.trace().add("user", "gets " + Describe.name(reply) + refusal(reply));
    if (reply instanceof Reply.Rejected) {
      world.tally().event("request refused");
      return;
    }
    world.tally().event("request granted");
    DurableState stored = world.store().durable();
    boolean kept =
        switch (command) {
          case Command.PutApps put ->
              put.apps().stream().allMatch(app -> holds(stored, app.definition()));
          case Command.DeleteApp delete -> !stored.apps().containsKey(delete.app());
          case Command.DestroyVolume destroy ->
              stored
                  .reservationOf(destroy.volume())
                  .map(Reservation::state)
                  .filter(state -> !(state instanceof ReservationState.Releasing))
                  .isEmpty();
          case Command.AdoptVolume adopt ->
              stored.reservationOf(adopt.volume()).flatMap(Reservation::owner).isPresent();
          case Command.CancelDeployment cancel ->
              !stored.deployments().containsKey(cancel.deployment());
          case Command.Resume _ -> stored.safeMode().isEmpty();
          case Command.KillInstances _, Command.RestartApp _, Command.ResetDelay _ -> true;
        };
    InvariantViolation.check(
        kept, "answered-means-kept", "not stored: " + Describe.command(command));
    InvariantViolation.check(
        !isForbidden(stored, command), "immutable-fields", "allowed: " + command);
  }

  private static String refusal(Reply reply) {
    return reply instanceof Reply.Rejected rejected ? " " + rejected.code() : "";
  }

  private static boolean holds(DurableState stored, AppDefinition wanted) {
    App app = stored.apps().get(wanted.id());
    return app != null
        && app.definition().command().equals(wanted.command())
        && app.definition().instances() == wanted.instances();
  }

  /** The sizes that users may ask for are whole hundreds; others were drawn to be refused. */
  private static boolean isForbidden(DurableState stored, Command command) {
    return command instanceof Command.PutApps
        && stored.apps().values().stream()
            .flatMap(app -> app.definition().persistentVolumes().stream())
            .anyMatch(volume -> volume.sizeMib() % 100 != 0);
  }

  /** What a refusal means for those who ask: tell it from a failure. */
  static boolean isTemporary(Reply.Rejected rejected) {
    return rejected.code() == ErrorCode.UNAVAILABLE || rejected.code() == ErrorCode.STORE_FULL;
  }
}
