package io.homeport.simulation.cluster;

import io.homeport.model.Call;
import io.homeport.simulation.world.Situation;

/** The calls that the master hands on to an agent, as far as it is within reach. */
final class AgentCalls {
  private final SimulatedCluster cluster;
  private final SimulatedMaster master;
  private final Reconciliation reconciliation;

  AgentCalls(SimulatedCluster cluster, SimulatedMaster master, Reconciliation reconciliation) {
    this.cluster = cluster;
    this.master = master;
    this.reconciliation = reconciliation;
  }

  void kill(Call.Kill kill) {
    KnownTask known = master.tasks().get(kill.task());
    SimulatedMaster.Registered registered =
        known == null ? null : master.agents().get(known.agent());
    if (known == null
        || registered == null
        || registered.standing() != SimulatedMaster.Standing.ACTIVE
        || known.hasEnded()) {
      // Answered, and forgotten (tape 13).
      if (master.standing(kill.agent()) == SimulatedMaster.Standing.UNREACHABLE) {
        cluster.world().tally().reached(Situation.KILL_OF_UNREACHABLE);
      }
      reconciliation.answer(new Call.KnownTask(kill.task(), kill.agent()));
      return;
    }
    cluster
        .life()
        .send(registered.machine(), () -> cluster.life().kill(registered.machine(), kill));
  }

  void acknowledge(Call.Acknowledge ack) {
    SimulatedMaster.Registered registered = master.agents().get(ack.agent());
    KnownTask known = master.tasks().get(ack.task());
    if (known != null && known.hasEnded()) {
      master.tasks().remove(ack.task());
    }
    if (registered != null && registered.standing() == SimulatedMaster.Standing.ACTIVE) {
      cluster
          .life()
          .send(registered.machine(), () -> cluster.life().acknowledged(registered.machine(), ack));
    }
  }

  void acknowledge(Call.AcknowledgeOperation ack) {
    master.operations().remove(ack.operation());
    SimulatedMaster.Registered registered = master.agents().get(ack.agent());
    if (registered != null && registered.standing() == SimulatedMaster.Standing.ACTIVE) {
      cluster
          .life()
          .send(
              registered.machine(), () -> registered.machine().feedback().remove(ack.operation()));
    }
  }
}
