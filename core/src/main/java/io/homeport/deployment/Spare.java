package io.homeport.deployment;

import io.homeport.model.AppDefinition;
import io.homeport.model.Instance;
import io.homeport.state.ClusterState;
import java.util.List;

/**
 * How many instances an upgrade may end at a time. What works is ended only while more work than
 * must be kept. What is in doubt is ended only while enough others work or are in doubt too, so
 * that not all are ended just because nobody has asked them yet; but it never stands in for one
 * that works. What does not work costs nothing.
 */
final class Spare {
  private final ClusterState state;
  private final AppDefinition app;
  private int working;
  private int workingOrInDoubt;

  private Spare(ClusterState state, AppDefinition app, int working, int workingOrInDoubt) {
    this.state = state;
    this.app = app;
    this.working = working;
    this.workingOrInDoubt = workingOrInDoubt;
  }

  /**
   * What may be ended now.
   *
   * @param state what is known
   * @param app the app's current definition
   * @param instances those that are to run
   * @param keep how many of them must go on working
   */
  static Spare of(ClusterState state, AppDefinition app, List<Instance> instances, int keep) {
    int working = 0;
    int inDoubt = 0;
    for (Instance instance : instances) {
      if (Readiness.isReady(state, app, instance)) {
        working++;
      } else if (Readiness.isOutdated(app, instance) && Readiness.isInDoubt(state, app, instance)) {
        // A new task is in doubt until it has proved itself, and does not make up for an old one.
        inDoubt++;
      }
    }
    return new Spare(state, app, working - keep, working + inDoubt - keep);
  }

  /** Whether one that works can be spared. */
  boolean isLeft() {
    return working > 0;
  }

  /** Takes an instance of an earlier version out, or says that it cannot be spared now. */
  boolean take(Instance outdated) {
    if (Readiness.isReady(state, app, outdated)) {
      if (working <= 0) {
        return false;
      }
      working--;
      workingOrInDoubt--;
    } else if (Readiness.isInDoubt(state, app, outdated)) {
      if (workingOrInDoubt <= 0) {
        return false;
      }
      workingOrInDoubt--;
    }
    return true;
  }
}
