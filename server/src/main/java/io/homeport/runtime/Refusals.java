package io.homeport.runtime;

import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;

/** The refusals that the loop itself gives to commands. None of them changed anything. */
final class Refusals {
  static final Reply.Rejected STORE_FULL =
      Reply.Rejected.of(
          ErrorCode.STORE_FULL,
          "The store has no room, so nothing was changed. Running tasks go on. Free space on the"
              + " file system of the data directory and try again.");

  static final Reply.Rejected STOPPING =
      Reply.Rejected.of(
          ErrorCode.UNAVAILABLE,
          "The server is stopping, so nothing was changed. Try again when it runs again.");

  static final Reply.Rejected STARTING =
      Reply.Rejected.of(
          ErrorCode.UNAVAILABLE,
          "The server is starting and does not lead yet, so nothing was changed. Try again in a"
              + " moment.");

  private Refusals() {}

  static Reply.Rejected overloaded(int waiting) {
    return Reply.Rejected.of(
        ErrorCode.UNAVAILABLE,
        "There are "
            + waiting
            + " requests waiting already, so this one was refused and nothing was changed. Try"
            + " again in a moment.");
  }

  static Reply.Rejected readOnly(String reason) {
    return Reply.Rejected.of(ErrorCode.UNAVAILABLE, reason);
  }
}
