package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Condition;
import io.homeport.model.Instance;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a master that has just taken over does not know yet is asked for until it does. */
class DoubtStoriesTest {
  private static List<Condition> conditions(Story story, String app) {
    return story.instances(app).stream().map(Instance::condition).toList();
  }

  @Test
  void aTaskThatIsCalledOutOfReachOnAnAgentInReachIsAskedAboutAgain() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    story.cluster.failOverBefore("a");
    story.settle();
    assertThat(conditions(story, "/db")).containsOnly(Condition.UNREACHABLE);

    story.cluster.bringBackSilently("a");
    story.settle();
    story.pass(Duration.ofSeconds(5));
    assertThat(conditions(story, "/db")).containsOnly(Condition.RUNNING);
    assertThat(story.state.present().reconciliation().isComplete()).isTrue();
  }

  @Test
  void aReservationThatIsCalledOutOfReachOnAnAgentInReachIsAskedAboutAgain() {
    Story story = Story.onAgents("a");
    story.cluster.operationsDone = 0;
    story.put(Story.stateful("/db", 1));
    story.cluster.operationsDone = Integer.MAX_VALUE;
    story.cluster.failOverBefore("a");
    story.settle();

    story.cluster.bringBackSilently("a");
    story.settle();
    story.pass(Duration.ofSeconds(10));
    assertThat(conditions(story, "/db")).containsOnly(Condition.RUNNING);
    assertThat(story.state.present().reconciliation().isComplete()).isTrue();
  }
}
