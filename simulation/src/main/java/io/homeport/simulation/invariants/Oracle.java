package io.homeport.simulation.invariants;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.InstanceId;
import io.homeport.model.VolumeId;
import io.homeport.scheduler.Command;
import io.homeport.state.DurableState;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was asked for, apart from what the product made of it: invariants are judged by it. A
 * request that was refused was never made; one whose reply was lost may have been granted.
 */
public final class Oracle {
  /** Which requests, by number, asked for something. */
  private final SortedMap<String, SortedSet<Long>> asked = new TreeMap<>();

  private final SortedSet<Long> open = new TreeSet<>();
  private long requests;
  private final SortedSet<AgentId> gone = new TreeSet<>();

  /**
   * Somebody asks for something.
   *
   * @param state what is stored before
   * @param command what
   * @return the number of the request
   */
  public long asked(DurableState state, Command command) {
    long request = ++requests;
    open.add(request);
    for (String what : meant(state, command)) {
      asked.computeIfAbsent(what, _ -> new TreeSet<>()).add(request);
    }
    return request;
  }

  /**
   * And was refused.
   *
   * @param request the number of the request
   */
  public void refused(long request) {
    asked.values().forEach(requests -> requests.remove(request));
  }

  /**
   * The reply to a request is there, or never will be.
   *
   * @param request the number of the request
   */
  public void ended(long request) {
    open.remove(request);
  }

  private static List<String> meant(DurableState state, Command command) {
    return switch (command) {
      case Command.DeleteApp delete -> List.of("delete " + delete.app());
      case Command.KillInstances kill ->
          kill.instances().stream().map(instance -> kill.mode() + " " + instance).toList();
      case Command.DestroyVolume destroy -> List.of("destroy " + destroy.volume());
      case Command.AdoptVolume adopt ->
          List.of("adopt " + adopt.volume(), "adopt for " + adopt.app());
      case Command.CancelDeployment cancel -> {
        // Rolling back a deployment that made an app deletes the app.
        Deployment deployment = state.deployments().get(cancel.deployment());
        yield deployment == null || cancel.force()
            ? List.of()
            : deployment.originals().entrySet().stream()
                .filter(original -> original.getValue().isEmpty())
                .map(original -> "delete " + original.getKey())
                .toList();
      }
      case Command.PutApps _, Command.RestartApp _, Command.ResetDelay _, Command.Resume _ ->
          List.of();
    };
  }

  private boolean was(String what) {
    return !asked.getOrDefault(what, new TreeSet<>()).isEmpty();
  }

  /** A new app of that name: what was asked and answered about the earlier one is past. */
  void created(AppId app) {
    asked.getOrDefault("delete " + app, new TreeSet<>()).removeIf(it -> !open.contains(it));
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
