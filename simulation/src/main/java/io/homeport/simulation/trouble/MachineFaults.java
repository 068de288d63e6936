package io.homeport.simulation.trouble;

import io.homeport.model.TaskState;
import io.homeport.simulation.cluster.Machine;
import io.homeport.simulation.cluster.SimulatedCluster;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.util.List;

/** What goes wrong with machines. */
final class MachineFaults {
  private static final int SHORT_MILLIS = 10_000;
  private static final int LONG_MILLIS = 15 * 60_000;

  private final World world;
  private final SimulatedCluster cluster;
  private final SplitMix64 returns;

  MachineFaults(SimulatedCluster cluster, SplitMix64 returns) {
    this.world = cluster.world();
    this.cluster = cluster;
    this.returns = returns;
  }

  void trouble(SplitMix64 random) {
    List<Machine> whole =
        cluster.machines().stream()
            .filter(Machine::isOnline)
            .filter(m -> m.id().isPresent())
            .toList();
    if (whole.isEmpty()) {
      return;
    }
    Machine machine = random.pick(whole);
    long pause = random.between(100, random.chance(0.6) ? SHORT_MILLIS : LONG_MILLIS);
    switch (random.below(20)) {
      case 0, 1, 2, 3, 4, 5 -> cut(machine, pause);
      case 6 -> cutAndDeclareGone(machine, pause);
      case 7, 8, 9, 10 -> stopAgent(machine, pause);
      case 11, 12, 13, 14 -> reboot(machine, pause);
      case 15, 16, 17 -> renew(machine, pause);
      case 18 -> lose(machine, pause, random.chance(0.5));
      default -> drop(machine, pause);
    }
  }

  /** The network is cut: everything on the machine goes on. */
  private void cut(Machine machine, long millis) {
    fault(machine, "partition");
    machine.cut(true);
    watch(machine);
    world.agenda().after(millis, () -> mend(machine));
  }

  /** An operator takes it for lost, and it comes back: it is told so, and ends everything. */
  private void cutAndDeclareGone(Machine machine, long millis) {
    cut(machine, millis);
    machine
        .id()
        .ifPresent(id -> world.agenda().after(millis / 2, () -> cluster.master().declareGone(id)));
    world.agenda().after(millis + LONG_MILLIS, () -> restart(machine));
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
                world.tally().reached(Situation.NEW_ID_OLD_DISK);
                restart(machine);
              }
            });
  }

  /** The machine never comes back; sometimes an operator says so. */
  private void lose(Machine machine, long millis, boolean said) {
    long lost = cluster.machines().stream().filter(Machine::isLost).count();
    if (2 * (lost + 1) > cluster.machines().size()) {
      return;
    }
    fault(machine, "machine lost for ever");
    endAll(machine);
    machine.lose();
    watch(machine);
    if (said) {
      machine
          .id()
          .ifPresent(id -> world.agenda().after(millis, () -> cluster.master().declareGone(id)));
    }
  }

  /** An operator declares a machine gone that is not. */
  private void drop(Machine machine, long millis) {
    machine.id().ifPresent(id -> cluster.master().declareGone(id));
    world.agenda().after(millis, () -> restart(machine));
  }

  private void endAll(Machine machine) {
    for (Machine.TaskProcess process : List.copyOf(machine.processes().values())) {
      cluster.life().end(machine, process, TaskState.TASK_FAILED, "REASON_EXECUTOR_TERMINATED");
    }
  }

  private void fault(Machine machine, String kind) {
    world.tally().fault(kind);
    world.trace().add(machine.hostname(), kind);
  }

  /** The master notices after a while, unless the agent is back by then. */
  private void watch(Machine machine) {
    machine.id().ifPresent(cluster.master().allocator()::rescind);
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
                            cluster.master().giveUp(id);
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
    world.agenda().after(returns.between(10, 3000), () -> reregister(machine));
  }

  private void reregister(Machine machine) {
    if (!machine.isOnline()) {
      return;
    }
    if (cluster.master().isDown()) {
      world.agenda().after(1000, () -> reregister(machine));
      return;
    }
    cluster.master().register(machine);
    cluster.life().resendAll(machine);
  }

  /** A disk fills, and somebody makes room later. */
  void fill(SplitMix64 random) {
    Machine machine = random.pick(cluster.machines());
    if (!machine.isFull() && machine.isOnline()) {
      fault(machine, "disk full");
      cluster.life().fillUp(machine);
      world.agenda().after(random.between(1000, 120_000), () -> machine.fill(false));
    }
  }

  void heal() {
    for (Machine machine : cluster.machines()) {
      machine.fill(false);
      mend(machine);
      world.agenda().after(returns.between(1, 20_000), () -> restart(machine));
    }
  }
}
