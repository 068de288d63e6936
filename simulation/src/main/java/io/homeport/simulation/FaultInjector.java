package io.homeport.simulation;

import java.time.Duration;
import java.util.List;

/** Makes trouble: machines, network, master, schedulers and the disk of the store. */
final class FaultInjector {
  private final World world;
  private final SplitMix64 random;

  FaultInjector(World world, SplitMix64 random) {
    this.world = world;
    this.random = random;
  }

  void begin() {
    Profile.Faults faults = world.profile().faults();
    every(faults.agentPause(), this::troubleMachine);
    every(faults.masterPause(), this::failMaster);
    every(faults.disconnectPause(), this::disconnect);
    every(faults.crashPause(), this::crash);
    every(faults.pausePause(), this::pause);
    every(faults.storeFullPause(), this::fillStore);
  }

  private void every(Duration pause, Runnable fault) {
    if (pause.isZero()) {
      return;
    }
    world
        .agenda()
        .after(
            random.between(1, pause.toMillis() * 2),
            () -> {
              if (world.isTroubled()) {
                fault.run();
                every(pause, fault);
              }
            });
  }

  private long upTo(Duration most) {
    return random.between(100, most.toMillis());
  }

  private void troubleMachine() {
    List<Machine> whole =
        world.machines().stream()
            .filter(Machine::isOnline)
            .filter(m -> m.id().isPresent())
            .toList();
    if (whole.isEmpty()) {
      return;
    }
    Machine machine = random.pick(whole);
    long pause = random.chance(0.5) ? upTo(Duration.ofSeconds(10)) : upTo(Duration.ofMinutes(15));
    switch (random.below(10)) {
      case 0, 1, 2 -> cut(machine, pause);
      case 3, 4 -> stopAgent(machine, pause);
      case 5, 6 -> reboot(machine, pause);
      case 7 -> renew(machine, pause);
      case 8 -> lose(machine);
      default -> drop(machine);
    }
  }

  /** The network is cut: everything on the machine goes on. */
  private void cut(Machine machine, long millis) {
    fault(machine, "partition");
    machine.cut(true);
    watch(machine);
    world.agenda().after(millis, () -> mend(machine));
  }

  /** The agent's process ends; tasks go on (tape 03). */
  private void stopAgent(Machine machine, long millis) {
    fault(machine, "agent crash");
    machine.stop();
    watch(machine);
    world.agenda().after(millis, () -> restart(machine));
  }

  /** The machine restarts: the agent comes back with its id and without its tasks. */
  private void reboot(Machine machine, long millis) {
    fault(machine, "reboot");
    endAll(machine);
    machine.stop();
    watch(machine);
    world.agenda().after(millis, () -> restart(machine));
  }

  /** The agent comes back under a new id, with the old disk and without its tasks (tape 13). */
  private void renew(Machine machine, long millis) {
    fault(machine, "new agent id");
    endAll(machine);
    machine.stop();
    watch(machine);
    world
        .agenda()
        .after(
            millis,
            () -> {
              if (!machine.isUp() && !machine.isLost()) {
                machine.forgetIdentity();
                world.tally().reached("an agent returned under a new id with the old disk");
                restart(machine);
              }
            });
  }

  /** The machine never comes back; sometimes an operator says so. */
  private void lose(Machine machine) {
    if (world.machines().stream().filter(other -> !other.isLost()).count() < 2) {
      return;
    }
    fault(machine, "machine lost for ever");
    endAll(machine);
    machine.lose();
    watch(machine);
    if (random.chance(0.5)) {
      machine
          .id()
          .ifPresent(
              id ->
                  world
                      .agenda()
                      .after(upTo(Duration.ofMinutes(10)), () -> world.master().declareGone(id)));
    }
  }

  /** An operator declares a machine gone that is not. */
  private void drop(Machine machine) {
    machine.id().ifPresent(id -> world.master().declareGone(id));
    world.agenda().after(upTo(Duration.ofMinutes(5)), () -> restart(machine));
  }

  private void endAll(Machine machine) {
    for (Machine.TaskProcess process : List.copyOf(machine.processes().values())) {
      world
          .life()
          .end(
              machine,
              process,
              io.homeport.model.TaskState.TASK_FAILED,
              "REASON_EXECUTOR_TERMINATED");
    }
  }

  private void fault(Machine machine, String kind) {
    world.tally().fault(kind);
    world.trace().add(machine.hostname(), kind);
  }

  /** The master notices after a while, unless the agent is back by then. */
  private void watch(Machine machine) {
    machine.id().ifPresent(world.master().allocator()::rescind);
    machine
        .id()
        .ifPresent(
            id ->
                world
                    .agenda()
                    .after(
                        world.profile().pingTimeout().toMillis(),
                        () -> {
                          boolean back =
                              machine.isOnline() && machine.id().filter(id::equals).isPresent();
                          if (!back) {
                            world.master().giveUp(id);
                          }
                        }));
  }

  private void mend(Machine machine) {
    if (machine.isCut()) {
      machine.cut(false);
      returned(machine);
    }
  }

  private void restart(Machine machine) {
    if (!machine.isUp() && !machine.isLost()) {
      machine.start();
      returned(machine);
    }
  }

  private void returned(Machine machine) {
    if (!machine.isOnline()) {
      return;
    }
    world.trace().add(machine.hostname(), "is back");
    world.agenda().after(random.between(10, 3000), () -> reregister(machine));
  }

  private void reregister(Machine machine) {
    if (!machine.isOnline()) {
      return;
    }
    if (world.master().isDown()) {
      world.agenda().after(1000, () -> reregister(machine));
      return;
    }
    world.master().register(machine);
    world.life().resendAll(machine);
  }

  private void failMaster() {
    world.tally().fault("master fail-over");
    world.master().failOver(upTo(Duration.ofSeconds(30)), upTo(Duration.ofSeconds(120)));
  }

  private void disconnect() {
    world
        .master()
        .framework()
        .ifPresent(
            connection -> {
              world.tally().fault("connection lost");
              connection.breakOff("connection reset");
            });
  }

  private void crash() {
    world
        .election()
        .leader()
        .ifPresent(
            leader -> {
              world.tally().fault("scheduler crash");
              leader.die("crashes");
            });
  }

  private void pause() {
    world
        .election()
        .leader()
        .filter(leader -> !leader.isPaused())
        .ifPresent(
            leader -> {
              world.tally().fault("scheduler paused");
              long millis = upTo(Duration.ofSeconds(60));
              leader.pause(millis);
              if (millis > 10_000) {
                world.agenda().after(10_000, () -> world.election().depose(leader));
              }
            });
  }

  private void fillStore() {
    world.tally().fault("store full");
    world.store().fill(true);
    world.agenda().after(upTo(Duration.ofSeconds(60)), () -> world.store().fill(false));
  }

  /** Everything that can come back comes back. */
  void heal() {
    world.store().fill(false);
    for (Machine machine : world.machines()) {
      mend(machine);
      world.agenda().after(random.between(1, 20_000), () -> restart(machine));
    }
  }
}
