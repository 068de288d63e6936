package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.ReservationId;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.Change;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LeadershipTest {
  private final MemoryStore store = new MemoryStore();
  private final RecordingCluster cluster = new RecordingCluster();
  private final CompletableFuture<SteppedDownException> steppedDown = new CompletableFuture<>();
  private final Deque<String> tokens =
      new ArrayDeque<>(List.of("term0001", "inst0001", "term0002", "inst0002"));

  /** An engine that only notes what it is told. */
  private static final class RecordingCluster implements Cluster {
    private CompletableFuture<String> started = new CompletableFuture<>();
    private final List<Call> calls = new ArrayList<>();
    private boolean fails;

    @Override
    public void start(
        String installation, Optional<String> frameworkId, Consumer<ClusterEvent> events) {
      started.complete(installation + " " + frameworkId.orElse("-"));
      if (fails) {
        throw new IllegalStateException("no");
      }
    }

    @Override
    public synchronized void send(Call call) {
      calls.add(call);
    }

    @Override
    public String kind() {
      return "recording";
    }

    @Override
    public List<String> limitations() {
      return List.of();
    }

    @Override
    public AgentControl agents() {
      throw new UnsupportedOperationException();
    }

    @Override
    public TaskFiles files() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private Leadership begin() throws StoreException {
    return Leadership.begin(
        store,
        cluster,
        new Leadership.Settings(
            new ScriptedDecider(),
            InstantSource.system(),
            tokens::removeFirst,
            new SimpleMeterRegistry(),
            EventJournal.DEFAULT_WINDOW,
            10,
            steppedDown::complete));
  }

  @Test
  void theBeginningIsCommittedBeforeTheEngineIsConnected() throws Exception {
    try (Leadership leadership = begin()) {
      assertThat(cluster.started.get(10, TimeUnit.SECONDS)).isEqualTo("inst0001 -");
      assertThat(store.replayed().term()).isEqualTo("term0001");
      assertThat(leadership.readOnly()).isEmpty();
      assertThat(
              leadership
                  .loop()
                  .ask(new Command.ResetDelay(new AppId("/stored")))
                  .get(10, TimeUnit.SECONDS))
          .isEqualTo(new Reply.Done());
    }
    cluster.started = new CompletableFuture<>();
    try (Leadership again = begin()) {
      assertThat(cluster.started.get(10, TimeUnit.SECONDS)).endsWith(" x");
      assertThat(again.loop().snapshot().state().durable().term()).isEqualTo("term0002");
      assertThat(again.loop().snapshot().sequence()).isEqualTo(3);
      assertThat(again.journal().subscribe(EventId.parse("2-0")).gap()).isPresent();
    }
    assertThat(steppedDown).isNotDone();
  }

  @Test
  void aStateThatContradictsItselfIsShownAndNotTouched() throws Exception {
    AppId app = new AppId("/db");
    InstanceId id = InstanceId.of(app, "t-1");
    Instance homeless =
        new Instance(
            id,
            app,
            0,
            Goal.RUNNING,
            Optional.of(new ReservationId("r-1")),
            0,
            Optional.empty(),
            Instant.EPOCH);
    store.commit(0, List.of(new Change.InstancePut(homeless)));

    try (Leadership leadership = begin()) {
      assertThat(leadership.readOnly().orElseThrow()).contains("HOME_UNKNOWN", id.value(), "r-1");
      Reply reply =
          leadership
              .loop()
              .ask(new Command.ResetDelay(new AppId("/stored")))
              .get(10, TimeUnit.SECONDS);
      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Rejected.class,
              refused -> assertThat(refused.message()).contains("HOME_UNKNOWN"));
      assertThat(leadership.loop().snapshot().state().durable().instance(id)).isPresent();
    }
    assertThat(cluster.started).isNotDone();
    assertThat(store.attempts()).isEqualTo(1);
  }

  @Test
  void anEngineThatCannotBeStartedEndsTheServer() throws Exception {
    cluster.fails = true;
    try (Leadership _ = begin()) {
      assertThat(steppedDown.get(10, TimeUnit.SECONDS).exitCode())
          .isEqualTo(ExitCode.ENGINE_FAILED);
    }
  }

  @Test
  void tokensAreRandomLettersAndDigits() {
    Tokens random = new Tokens();
    assertThat(random.get()).matches("[a-z0-9]{8}").isNotEqualTo(random.get());
  }
}
