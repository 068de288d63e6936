package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.ClusterEvent;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InputQueueTest {
  private final InputQueue queue = new InputQueue();

  private static Submission event(int number) {
    return Submission.of(new Input.Observed(new ClusterEvent.Connected("framework-" + number)));
  }

  private static Submission command() {
    return Submission.of(new Input.Asked(new Command.Resume()));
  }

  private List<Submission> added(int events) {
    List<Submission> added = new ArrayList<>();
    for (int number = 0; number < events; number++) {
      added.add(event(number));
    }
    added.forEach(queue::add);
    return added;
  }

  @Test
  void aCommandDoesNotWaitBehindEventsNorEventsBehindCommands() throws Exception {
    List<Submission> events = added(InputQueue.SOME + 1);
    List<Submission> commands = new ArrayList<>();
    for (int number = 0; number < InputQueue.SOME + 1; number++) {
      commands.add(command());
    }
    commands.forEach(queue::add);

    List<Submission> first = queue.await(Duration.ZERO);

    assertThat(first.subList(0, InputQueue.SOME)).isEqualTo(commands.subList(0, InputQueue.SOME));
    assertThat(first.subList(InputQueue.SOME, first.size()))
        .isEqualTo(events.subList(0, InputQueue.SOME));
    assertThat(queue.some()).containsExactly(commands.getLast(), events.getLast());
    assertThat(queue.some()).isEmpty();
  }

  @Test
  void aRoundLastsUntilWhatWaitedAtItsBeginningIsTaken() {
    added(InputQueue.SOME + 1);
    assertThat(queue.isRoundOver()).isTrue();
    assertThat(queue.some()).hasSize(InputQueue.SOME);
    assertThat(queue.isRoundOver()).isFalse();

    added(3 * InputQueue.SOME);
    assertThat(queue.some()).hasSize(InputQueue.SOME);

    assertThat(queue.isRoundOver()).as("more has come meanwhile").isTrue();
  }

  @Test
  void whoWaitsIsWoken() throws Exception {
    CompletableFuture<List<Submission>> taken = new CompletableFuture<>();
    Thread waiting =
        Thread.startVirtualThread(
            () -> {
              try {
                taken.complete(queue.await(Duration.ofDays(1)));
              } catch (InterruptedException e) {
                taken.completeExceptionally(e);
              }
            });
    queue.wake();
    assertThat(taken.get()).isEmpty();
    waiting.join();

    List<Submission> added = added(1);
    assertThat(queue.await(Duration.ofDays(1))).isEqualTo(added);
    assertThat(queue.all()).isEmpty();
  }
}
