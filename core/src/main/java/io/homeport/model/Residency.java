package io.homeport.model;

import java.time.Duration;

/**
 * What happens to an instance with volumes when its agent is lost.
 *
 * @param relaunchEscalationTimeout how long {@link TaskLostBehavior#RELAUNCH_AFTER_TIMEOUT} waits
 * @param taskLostBehavior whether it waits for ever
 */
public record Residency(Duration relaunchEscalationTimeout, TaskLostBehavior taskLostBehavior) {
  /** Marathon's default: an hour, and waiting for ever all the same. */
  public static final Residency DEFAULT =
      new Residency(Duration.ofHours(1), TaskLostBehavior.WAIT_FOREVER);

  /** Marathon's two behaviours; Marathon itself never carried out the second. */
  public enum TaskLostBehavior {
    /** The instance waits for its agent and its data. */
    WAIT_FOREVER,
    /**
     * After the timeout a replacement with new, empty volumes is started elsewhere; the earlier
     * volumes are left behind, never destroyed.
     */
    RELAUNCH_AFTER_TIMEOUT
  }
}
