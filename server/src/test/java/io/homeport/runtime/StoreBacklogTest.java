package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.ClusterEvent;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.scheduler.Input;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waits while the store is full keeps its order. */
final class StoreBacklogTest {
  private static final ClusterEvent CONNECTED = new ClusterEvent.Connected("framework");
  private static final ClusterEvent LOST = new ClusterEvent.Disconnected("reset");

  private final StoreBacklog backlog = new StoreBacklog();

  private void hold(ClusterEvent... events) {
    for (ClusterEvent event : events) {
      backlog.hold(Submission.of(new Input.Observed(event)));
    }
  }

  private List<Input> held() {
    return backlog.held().stream().map(Submission::input).toList();
  }

  private static ClusterEvent update(Optional<String> uuid) {
    return new ClusterEvent.TaskUpdated(
        new TaskUpdate(
            new TaskId("app.instance-a-1._app.1"),
            Optional.empty(),
            TaskState.TASK_RUNNING,
            "",
            "",
            uuid,
            Instant.EPOCH,
            Optional.empty(),
            List.of()));
  }

  /** Else a connection that was lost and made again would count as lost for good. */
  @Test
  void whatHappenedTwiceIsKeptTwiceAndInOrder() {
    hold(CONNECTED, LOST, CONNECTED);

    assertThat(held())
        .containsExactly(
            new Input.Observed(CONNECTED), new Input.Observed(LOST), new Input.Observed(CONNECTED));
  }

  @Test
  void anUpdateThatIsRepeatedUntilItIsAcknowledgedIsKeptOnce() {
    ClusterEvent repeated = update(Optional.of("uuid"));
    hold(repeated, LOST, repeated);

    assertThat(held()).containsExactly(new Input.Observed(repeated), new Input.Observed(LOST));
    assertThat(backlog.release()).hasSize(2);
    hold(repeated);
    assertThat(held()).as("a new time begins").hasSize(1);
  }

  @Test
  void anAnswerToAQuestionIsNoRepetition() {
    hold(update(Optional.empty()), update(Optional.empty()));

    assertThat(held()).hasSize(2);
  }
}
