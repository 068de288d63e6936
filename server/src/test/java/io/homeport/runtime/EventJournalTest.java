package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventJournalTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final EventJournal journal = new EventJournal(7, new EventJournal.Window(4, 1 << 20));

  private static List<Event> events(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (Event) new Event.AppTerminated(new AppId("/a" + i)))
        .toList();
  }

  private static List<String> ids(Subscription subscription) throws InterruptedException {
    return subscription.take(Duration.ZERO) instanceof Subscription.Taken.Events taken
        ? taken.events().stream().map(event -> event.id().toString()).toList()
        : List.of("ended");
  }

  private static Optional<EventId> id(String text) {
    return EventId.parse(text);
  }

  @Test
  void idsCountWithinEachCommitAndOnAcrossTurnsWithoutCommit() throws Exception {
    Subscription live = journal.subscribe(Optional.empty());
    journal.append(8, NOW, events(2));
    journal.append(8, NOW, events(1));
    journal.append(9, NOW, events(1));

    assertThat(ids(live)).containsExactly("8-0", "8-1", "8-2", "9-0");
    assertThat(ids(live)).isEmpty();
  }

  @Test
  void turnsBeforeTheFirstCommitPublishUnderTheSequenceThatWasRead() throws Exception {
    Subscription live = journal.subscribe(Optional.empty());
    journal.append(7, NOW, events(1));
    assertThat(ids(live)).hasSize(1);
  }

  @Test
  void followingResumesAfterAKnownEvent() throws Exception {
    journal.append(8, NOW, events(3));

    Subscription resumed = journal.subscribe(id("8-0"));

    assertThat(resumed.gap()).isEmpty();
    assertThat(ids(resumed)).containsExactly("8-1", "8-2");
    assertThat(journal.subscribe(id("8-2")).gap()).isEmpty();
  }

  @Test
  void whatIsNotRetainedIsAnExplicitGap() throws Exception {
    assertThat(journal.subscribe(id("7-3")).gap())
        .as("an earlier server's events, nothing published yet")
        .contains(new Subscription.Gap(new EventId(7, 3), Optional.empty()));
    journal.append(8, NOW, events(6));

    Subscription late = journal.subscribe(id("8-0"));

    assertThat(late.gap())
        .contains(new Subscription.Gap(new EventId(8, 0), Optional.of(new EventId(8, 2))));
    assertThat(ids(late)).containsExactly("8-2", "8-3", "8-4", "8-5");
    assertThat(journal.subscribe(id("8-1")).gap())
        .as("the last dropped one may be resumed after: nothing is missing")
        .isEmpty();
    assertThat(journal.subscribe(id("99-0")).gap())
        .as("an event this journal never had, as after a restored store")
        .isPresent();
  }

  @Test
  void followingCanBeginWithTheLastEvents() throws Exception {
    assertThat(ids(journal.subscribeTail(3))).isEmpty();
    journal.append(8, NOW, events(2));
    journal.append(9, NOW, events(1));
    assertThat(ids(journal.subscribeTail(2))).containsExactly("8-1", "9-0");
    assertThat(ids(journal.subscribeTail(0))).isEmpty();
    journal.append(10, NOW, events(3));
    assertThat(ids(journal.subscribeTail(99))).containsExactly("9-0", "10-0", "10-1", "10-2");
    assertThat(journal.subscribeTail(99).gap()).isEmpty();
  }

  @Test
  void bytesAreBoundedToo() throws Exception {
    long two = 2 * Weight.of(events(1).getFirst());
    EventJournal small = new EventJournal(0, new EventJournal.Window(100, two));
    small.append(1, NOW, events(5));

    assertThat(ids(small.subscribe(id("0-0")))).containsExactly("1-3", "1-4");
  }

  @Test
  void aSlowFollowerIsCutOffAndNobodyElseNotices() throws Exception {
    Subscription slow = journal.subscribe(Optional.empty());
    Subscription fast = journal.subscribe(Optional.empty());
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      journal.append(8 + i, NOW, events(1));
      seen.addAll(ids(fast));
    }

    assertThat(seen).hasSize(10);
    assertThat(slow.take(Duration.ZERO))
        .isInstanceOfSatisfying(
            Subscription.Taken.Ended.class, end -> assertThat(end.why()).contains("too slow"));
  }

  @Test
  void aWaitingFollowerGetsWhatIsPublishedAndWakesWhenClosed() throws Exception {
    Subscription waiting = journal.subscribe(Optional.empty());
    List<Subscription.Taken> taken = new ArrayList<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    taken.add(waiting.take(Duration.ofSeconds(20)));
                    taken.add(waiting.take(Duration.ofSeconds(20)));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    journal.append(8, NOW, events(1));
    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    waiting.close();
    reader.join();

    assertThat(taken.getFirst()).isInstanceOf(Subscription.Taken.Events.class);
    assertThat(taken.getLast()).isInstanceOf(Subscription.Taken.Ended.class);
  }

  @Test
  void idsAreReadAndWritten() {
    assertThat(EventId.parse("12-3")).contains(new EventId(12, 3));
    assertThat(new EventId(12, 3)).hasToString("12-3");
    assertThat(List.of("", "12", "-1-2", "1-x", "1-2-3", "9999999999999999999-1"))
        .allSatisfy(text -> assertThat(EventId.parse(text)).isEmpty());
  }
}
