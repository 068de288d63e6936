package io.homeport.simulation.invariants;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.InstanceId;
import io.homeport.model.VolumeId;
import io.homeport.scheduler.Command;
import io.homeport.state.DurableState;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was asked for, apart from what the product made of it: invariants are judged by it. A
 * request that was refused was never made; one whose reply was lost may have been granted.
 */
public final class Oracle {
  private final SortedMap<String, Integer> asked = new TreeMap<>();
  private final SortedSet<AgentId> gone = new TreeSet<>();

  /**
   * Somebody asks for something.
   *
   * @param state what is stored before
   * @param command what
   */
  public void asked(DurableState state, Command command) {
    count(state, command, 1);
  }

  /**
   * And was refused.
   *
   * @param state what was stored before it was asked for
   * @param command what
   */
  public void refused(DurableState state, Command command) {
    count(state, command, -1);
  }

  private void count(DurableState state, Command command, int by) {
    switch (command) {
      case Command.DeleteApp delete -> count("delete " + delete.app(), by);
      case Command.KillInstances kill ->
          kill.instances().forEach(instance -> count(kill.mode() + " " + instance, by));
      case Command.DestroyVolume destroy -> count("destroy " + destroy.volume(), by);
      case Command.AdoptVolume adopt -> {
        count("adopt " + adopt.volume(), by);
        count("adopt for " + adopt.app(), by);
      }
      case Command.CancelDeployment cancel -> {
        // Rolling back a deployment that made an app deletes the app.
        Deployment deployment = state.deployments().get(cancel.deployment());
        if (deployment != null && !cancel.force()) {
          deployment
              .originals()
              .forEach((id, original) -> count(original.isEmpty() ? "delete " + id : "", by));
        }
      }
      case Command.PutApps _, Command.RestartApp _, Command.ResetDelay _, Command.Resume _ -> {}
    }
  }

  private void count(String what, int by) {
    asked.merge(what, by, Integer::sum);
  }

  private boolean was(String what) {
    return asked.getOrDefault(what, 0) > 0;
  }

  /** A new app of that name: what was asked about the earlier one does not concern it. */
  void created(AppId app) {
    asked.remove("delete " + app);
  }

  void declaredGone(AgentId agent) {
    gone.add(agent);
  }

  boolean wasDeletionAsked(AppId app) {
    return was("delete " + app);
  }

  boolean wasKillAsked(Command.KillMode mode, InstanceId instance) {
    return was(mode + " " + instance);
  }

  boolean wasAnyKillAsked(InstanceId instance) {
    for (Command.KillMode mode : Command.KillMode.values()) {
      if (wasKillAsked(mode, instance)) {
        return true;
      }
    }
    return false;
  }

  boolean wasDestructionAsked(VolumeId volume) {
    return was("destroy " + volume);
  }

  boolean wasAdoptionAsked(VolumeId volume) {
    return was("adopt " + volume);
  }

  boolean wasAdoptionAsked(AppId app) {
    return was("adopt for " + app);
  }

  boolean isGone(AgentId agent) {
    return gone.contains(agent);
  }
}
