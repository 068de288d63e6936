package io.homeport.simulation;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.InstanceId;
import io.homeport.model.Operation;
import io.homeport.model.VolumeId;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the simulation knows apart from the product: what users asked for and what really happened.
 * Invariants are judged by it.
 */
final class Oracle {
  private final World world;
  private final SortedSet<AppId> deletions = new TreeSet<>();
  private final SortedSet<InstanceId> wipes = new TreeSet<>();
  private final SortedSet<InstanceId> replacements = new TreeSet<>();
  private final SortedSet<VolumeId> destructions = new TreeSet<>();
  private final SortedSet<AppId> adoptions = new TreeSet<>();
  private final SortedSet<AgentId> gone = new TreeSet<>();
  private final SortedSet<VolumeId> destroyed = new TreeSet<>();

  Oracle(World world) {
    this.world = world;
  }

  void askedToDelete(AppId app) {
    deletions.add(app);
  }

  /** A new app of that name: what was asked about the earlier one does not concern it. */
  void created(AppId app) {
    deletions.remove(app);
  }

  void askedToWipe(InstanceId instance) {
    wipes.add(instance);
  }

  void askedToReplace(InstanceId instance) {
    replacements.add(instance);
  }

  void askedToDestroy(VolumeId volume) {
    destructions.add(volume);
  }

  void askedToAdoptFor(AppId app) {
    adoptions.add(app);
  }

  void declaredGone(AgentId agent) {
    gone.add(agent);
    world.tally().fault("agent declared gone");
  }

  boolean wasDeletionAsked(AppId app) {
    return deletions.contains(app);
  }

  boolean wasWipeAsked(InstanceId instance) {
    return wipes.contains(instance);
  }

  boolean wasReplacementAsked(InstanceId instance) {
    return replacements.contains(instance);
  }

  boolean wasDestructionAsked(VolumeId volume) {
    return destructions.contains(volume);
  }

  boolean wasAdoptionAsked(AppId app) {
    return adoptions.contains(app);
  }

  boolean isGone(AgentId agent) {
    return gone.contains(agent);
  }

  void destroyed(VolumeId volume) {
    destroyed.add(volume);
    world.tally().event("volume destroyed");
  }

  boolean isDestroyed(VolumeId volume) {
    return destroyed.contains(volume);
  }

  /** The master judges by the offers alone, which the scheduler knows: a refusal is a defect. */
  void refused(Operation operation, String why) {
    InvariantViolation.check(
        false,
        "an-accept-fits-its-offers",
        Describe.operation(operation) + " was refused by the master: " + why);
  }
}
