package io.homeport.contract;

/** Time that goes by by itself. */
final class RealTime {
  private static final long STEP_MILLIS = 20;

  private RealTime() {}

  static void pass() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
