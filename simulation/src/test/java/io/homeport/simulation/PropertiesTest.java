package io.homeport.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.api.definition.AppReader;
import io.homeport.api.definition.AppWriter;
import io.homeport.api.definition.Context;
import io.homeport.api.definition.Reading;
import io.homeport.deployment.Plan;
import io.homeport.model.AppDefinition;
import io.homeport.model.Call;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.runtime.Decider;
import io.homeport.runtime.Snapshot;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.simulation.server.SchedulerParts;
import io.homeport.simulation.world.Cuts;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Restoration;
import io.homeport.state.SafeMode;
import io.homeport.state.TransientState;
import io.homeport.store.Backup;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties of the pure parts, on what simulated worlds come to. */
final class PropertiesTest {
  private static final int WORLDS = 8;
  private static final int EACH = 100;
  private static final int ROUNDS = 2000;
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  /** Some states of each world, and every app definition that somebody asked for. */
  private static final List<ClusterState> STATES = new ArrayList<>();

  private static final List<AppDefinition> DEFINITIONS = new ArrayList<>();

  @TempDir private Path dir;

  @BeforeAll
  static void live() {
    for (long seed = 1; seed <= WORLDS; seed++) {
      new Simulation(seed, Cuts.NONE, PropertiesTest::watched, Optional.empty()).run();
    }
    assertThat(STATES).hasSizeGreaterThan(100);
    assertThat(DEFINITIONS).hasSizeGreaterThan(100);
  }

  private static SchedulerParts watched() {
    return new SchedulerParts() {
      private int count;

      @Override
      public Decider decider(Consumer<Call> engine) {
        return new Decider() {
          @Override
          public Decision decide(ClusterState state, Input input, Instant now) {
            if (++count % EACH == 0) {
              STATES.add(state);
            }
            if (input instanceof Input.Asked(Command command)
                && command instanceof Command.PutApps put) {
              put.apps().forEach(app -> DEFINITIONS.add(app.definition()));
            }
            return Decider.CORE.decide(state, input, now);
          }

          @Override
          public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
            return Decider.CORE.nextDeadline(state, now);
          }
        };
      }
    };
  }

  @Test
  void aBackUpIsReadAsItWasWritten() throws Exception {
    Path file = dir.resolve("state.backup");
    for (ClusterState state : STATES) {
      DurableState durable = state.durable();
      try (OutputStream out = Files.newOutputStream(file)) {
        Backup.write(
            new Snapshot(new ClusterState(durable, TransientState.EMPTY), 7, NOW), "test", out);
      }
      assertThat(Backup.read(file).state()).isEqualTo(durable);
    }
  }

  @Test
  void anAppIsReadAsItWasWritten() {
    int compared = 0;
    for (AppDefinition app : DEFINITIONS) {
      Reading reading = AppReader.read(AppWriter.toJson(app), Context.ofRole("homeport"));
      // Users of simulated worlds also ask the scheduler for what the API refuses.
      if (reading.problems().isEmpty()) {
        compared++;
        assertThat(AppWriter.toJson(reading.definition().orElseThrow()).without(VERSIONS))
            .isEqualTo(AppWriter.toJson(app).without(VERSIONS));
      }
    }
    assertThat(compared).isGreaterThan(DEFINITIONS.size() / 2);
  }

  private static final List<String> VERSIONS = List.of("version", "versionInfo");

  @Test
  void aRestoredStateIsTheSameWhateverWasThereBefore() {
    SafeMode mode = new SafeMode(NOW, "test");
    for (int index = 1; index < STATES.size(); index++) {
      DurableState old = STATES.get(index - 1).durable();
      DurableState present = STATES.get(index).durable();
      DurableState fresh = apply(DurableState.EMPTY, Restoration.changes(old, mode));
      DurableState replaced = apply(present, Restoration.changes(present, old, mode));
      assertThat(replaced.apps()).isEqualTo(fresh.apps());
      assertThat(replaced.instances()).isEqualTo(fresh.instances());
      assertThat(replaced.reservations()).isEqualTo(fresh.reservations());
      assertThat(replaced.deployments()).isEqualTo(fresh.deployments());
      assertThat(replaced.agents()).isEqualTo(fresh.agents());
      assertThat(replaced.safeMode()).contains(mode);
    }
  }

  private static DurableState apply(
      DurableState state, List<io.homeport.state.Change.Stored> changes) {
    DurableState next = state;
    for (io.homeport.state.Change.Stored change : changes) {
      next = next.apply(change);
    }
    return next;
  }

  /** What a plan promises adds up, and only a deletion destroys. */
  @Test
  void plansAddUp() {
    for (ClusterState state : STATES) {
      for (App app : state.durable().apps().values()) {
        AppDefinition present = app.definition();
        assertThat(Plan.ofPut(state, present).kinds()).as("nothing to do").isEmpty();
        assertThat(Plan.ofPut(state, present).volumes().destroyed()).isEmpty();
        assertThat(Plan.ofRestart(state, present).volumes().destroyed()).isEmpty();
        List<Instance> running =
            state.durable().instancesOf(present.id()).all().values().stream()
                .filter(instance -> instance.goal() == Goal.RUNNING)
                .toList();
        Plan plan = Plan.ofPut(state, present);
        assertThat(running.size() + plan.starts().size() - plan.stops().size())
            .as("of %s", present.id())
            .isEqualTo(plan.to());
        Plan deletion = Plan.ofDelete(state, present);
        assertThat(deletion.stops()).hasSameSizeAs(running);
      }
    }
  }

  @Test
  void resourcesAreArithmetic() {
    SplitMix64 random = new SplitMix64(1);
    for (int round = 0; round < ROUNDS; round++) {
      Resources one = resources(random);
      Resources other = resources(random);
      Resources both = one.plus(other);
      assertThat(both).isEqualTo(other.plus(one));
      assertThat(both.minus(other)).isEqualTo(one);
      assertThat(both.covers(one)).isTrue();
      assertThat(one.covers(both)).isEqualTo(other.isEmpty());
      assertThat(one.minus(one).isEmpty()).isTrue();
    }
  }

  /** As schedulers see them: tenths, whose sums are not exact in binary. */
  private static Resources resources(SplitMix64 random) {
    return new Resources(
        random.between(0, 80) / 10.0,
        random.between(0, 4096),
        random.between(0, 10_000),
        random.below(3));
  }

  @Test
  void portRangesAreSets() {
    SplitMix64 random = new SplitMix64(2);
    for (int round = 0; round < ROUNDS; round++) {
      SortedSet<Integer> one = ports(random);
      SortedSet<Integer> other = ports(random);
      SortedSet<Integer> union = new TreeSet<>(one);
      union.addAll(other);
      SortedSet<Integer> rest = new TreeSet<>(one);
      rest.removeAll(other);
      assertThat(PortRanges.ofPorts(one).plus(PortRanges.ofPorts(other)))
          .isEqualTo(PortRanges.ofPorts(union));
      PortRanges left = PortRanges.ofPorts(one).minus(PortRanges.ofPorts(other));
      assertThat(left).isEqualTo(PortRanges.ofPorts(rest));
      assertThat(left.ports()).containsExactlyElementsOf(rest);
      assertThat(left.size()).isEqualTo(rest.size());
    }
  }

  private static SortedSet<Integer> ports(SplitMix64 random) {
    SortedSet<Integer> ports = new TreeSet<>();
    for (int count = random.below(12); count > 0; count--) {
      ports.add(31_000 + random.below(20));
    }
    return ports;
  }
}
