package io.homeport.runtime;

import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import java.util.concurrent.CompletableFuture;

/**
 * An input on its way to a decision, and where its reply goes.
 *
 * @param input what happened
 * @param reply completed once the decision is committed and its effects have left; fails with
 *     {@link SteppedDownException} when it is not known what became of it, and with {@link
 *     DecisionFailedException} after a defect. It is completed on the loop's thread, so nothing
 *     that takes time may hang on it directly: wait for it instead
 */
public record Submission(Input input, CompletableFuture<Reply> reply) {
  /**
   * An input whose reply has not been given yet.
   *
   * @param input what happened
   */
  public static Submission of(Input input) {
    return new Submission(input, new CompletableFuture<>());
  }

  /** Whether somebody waits for the answer and may be refused; events cannot be. */
  public boolean isCommand() {
    return input instanceof Input.Asked;
  }
}
