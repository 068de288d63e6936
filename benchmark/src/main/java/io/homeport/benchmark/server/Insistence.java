package io.homeport.benchmark.server;

import io.homeport.scheduler.Command;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks without waiting. What is refused because the server has too much to do, too many commands
 * waiting or too many deployments under way, is asked again in turn, so many at a time that they
 * are no load by themselves.
 */
final class Insistence implements AutoCloseable {
  private static final long PAUSE_MILLIS = 10;
  private static final int MOST_AT_ONCE = 50;

  private final Installation installation;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final Queue<Command> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile Optional<Throwable> failure = Optional.empty();

  Insistence(Installation installation) {
    this.installation = installation;
    var _ =
        later.scheduleWithFixedDelay(
            this::askAgain, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Asks, as often as it takes. */
  void ask(Command command) {
    var _ =
        installation
            .leadership()
            .loop()
            .ask(command)
            .whenComplete((reply, failed) -> answered(command, reply, failed));
  }

  private void answered(Command command, Reply reply, Throwable failed) {
    if (failed != null) {
      failure = Optional.of(failed);
    } else if (reply instanceof Reply.Rejected rejected) {
      if (isForLoad(rejected.code())) {
        refusals.incrementAndGet();
        refused.add(command);
      } else {
        failure = Optional.of(new IllegalStateException("refused: " + rejected));
      }
    }
  }

  private static boolean isForLoad(ErrorCode code) {
    return code == ErrorCode.UNAVAILABLE || code == ErrorCode.TOO_MANY_DEPLOYMENTS;
  }

  private void askAgain() {
    for (int count = 0; count < MOST_AT_ONCE; count++) {
      Command next = refused.poll();
      if (next == null) {
        return;
      }
      ask(next);
    }
  }

  /** How many answers were that there is too much to do. */
  int refusals() {
    return refusals.get();
  }

  /** Fails when a command was refused for another reason. */
  void check() {
    if (failure.isPresent()) {
      throw new IllegalStateException("a command failed", failure.get());
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
