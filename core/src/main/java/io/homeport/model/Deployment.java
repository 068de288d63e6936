package io.homeport.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A change of one or more apps on its way into effect (Marathon: deployment).
 *
 * @param id its identity
 * @param version the version of the definitions it brings about
 * @param steps what it does, in order
 * @param currentStep the index of the step under way, from 0
 * @param originals the definitions before it, for the way back; empty for apps it creates
 * @param startedAt when it began
 */
public record Deployment(
    DeploymentId id,
    Instant version,
    List<Step> steps,
    int currentStep,
    SortedMap<AppId, Optional<AppDefinition>> originals,
    Instant startedAt) {
  /**
   * Actions that go on at the same time.
   *
   * @param actions at least one
   */
  public record Step(List<Action> actions) {}

  /**
   * What is done to one app.
   *
   * @param kind what
   * @param app the app
   */
  public record Action(Kind kind, AppId app) {}

  /** Marathon's actions. */
  public enum Kind {
    /** The app comes into being, with no instance yet. */
    START("StartApplication"),
    /** The number of instances changes. */
    SCALE("ScaleApplication"),
    /** Instances of earlier versions are replaced. */
    RESTART("RestartApplication"),
    /** The app ends. */
    STOP("StopApplication");

    private final String marathonName;

    Kind(String marathonName) {
      this.marathonName = marathonName;
    }

    /** The name in Marathon's API. */
    public String marathonName() {
      return marathonName;
    }
  }

  /** The step under way. */
  public Step step() {
    return steps.get(currentStep);
  }

  /** Whether the step under way is the last. */
  public boolean isAtLastStep() {
    return currentStep == steps.size() - 1;
  }

  /** The apps it is about. */
  public List<AppId> apps() {
    return List.copyOf(originals.keySet());
  }

  /** The same, one step on. */
  public Deployment atNextStep() {
    return new Deployment(id, version, steps, currentStep + 1, originals, startedAt);
  }
}
