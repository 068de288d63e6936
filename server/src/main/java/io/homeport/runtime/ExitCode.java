package io.homeport.runtime;

/**
 * Why a server that had begun to lead stopped by itself. Whoever restarts it (systemd, the test
 * scripts) sees the number; each of them is safe to restart at once, because starting reads the
 * truth from the store and from the engine.
 */
public enum ExitCode {
  /**
   * A commit ended in a way that leaves open whether it was written. Going on could contradict what
   * is on disk, so the server stops and reads it anew.
   */
  STORE_OUTCOME_UNKNOWN(80),
  /** The store was changed by somebody else: another server leads now. */
  SUPERSEDED(81),
  /**
   * Deciding about an event failed, which is a defect. The event is not acknowledged, so the engine
   * repeats it to the next start; skipping it instead would let the state and the world drift apart
   * without a trace.
   */
  DECISION_FAILED(82),
  /** Anything else that must not happen in the loop, such as no memory left. */
  LOOP_FAILED(83),
  /** The engine could not be started. */
  ENGINE_FAILED(84),
  /**
   * The engine refuses this server, and only a person can help: another framework in its role, a
   * framework that was removed, credentials that are not known. Starting again changes nothing.
   */
  ENGINE_REFUSED(85);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }
}
