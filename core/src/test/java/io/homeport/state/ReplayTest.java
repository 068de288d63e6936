package io.homeport.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private final List<Instance> instances = new ArrayList<>();
  private final List<Reservation> homes = new ArrayList<>();

  private void add(AppId app, int ordinal, int token) {
    InstanceId id = InstanceId.of(app, "aaaaaaaa-" + token);
    ReservationId home = new ReservationId(app.safePath() + ".reservation-aaaaaaaa-" + token * 7);
    instances.add(
        new Instance(
            id, app, ordinal, Goal.RUNNING, Optional.of(home), 0, Optional.empty(), Instant.EPOCH));
    homes.add(
        new Reservation(
            new ReservationId(home.value()),
            app,
            ordinal,
            Optional.of(new InstanceId(id.value())),
            new AgentId("agent-" + token % 5),
            "host-" + token % 5,
            "homeport",
            new Resources(1, 1, 0, 0),
            List.of(),
            List.of(),
            new ReservationState.Held(),
            true));
  }

  private void addAll() {
    for (int number = 0; number < 300; number++) {
      add(new AppId("/a/" + number % 3), number / 3, number + 95);
    }
  }

  private static DurableState oneByOne(List<Change.Stored> changes) {
    DurableState state = DurableState.EMPTY;
    for (Change.Stored change : changes) {
      state = state.apply(change);
    }
    return state;
  }

  private static DurableState replayed(List<Change.Stored> changes) {
    Replay replay = new Replay();
    changes.forEach(replay::add);
    return replay.state(parts -> parts.reversed().parallelStream().forEach(Runnable::run));
  }

  private List<Change.Stored> asStored() {
    instances.sort(Comparator.comparing(Instance::id));
    homes.sort(Comparator.comparing(Reservation::id));
    List<Change.Stored> changes = new ArrayList<>();
    instances.forEach(instance -> changes.add(new Change.InstancePut(instance)));
    homes.forEach(home -> changes.add(new Change.ReservationPut(home)));
    return changes;
  }

  @Test
  void whatAStoreHoldsNamesEverythingByOneObject() {
    addAll();
    List<Change.Stored> changes = asStored();

    DurableState state = replayed(changes);

    assertThat(state).isEqualTo(oneByOne(changes));
    assertThat(state.reservations()).hasSize(300);
    for (Reservation home : state.reservations().values()) {
      Instance owner = state.instance(home.owner().orElseThrow()).orElseThrow();
      assertThat(home.owner().orElseThrow()).isSameAs(owner.id());
      assertThat(home.id()).isSameAs(owner.reservation().orElseThrow());
    }
  }

  @Test
  void aHomeThatIsNotTheOwnersKeepsItsName() {
    addAll();
    Instance elsewhere = instances.getFirst().withReservation(Optional.of(homes.get(3).id()));
    instances.set(0, elsewhere);
    List<Change.Stored> changes = asStored();

    assertThat(replayed(changes)).isEqualTo(oneByOne(changes));
  }

  @Test
  void theOrderOfChangesAboutDifferentThingsDoesNotMatter() {
    addAll();
    List<Change.Stored> changes = asStored();
    DurableState expected = oneByOne(changes);

    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(changes, new Random(seed));
      assertThat(replayed(changes)).as("seed %s", seed).isEqualTo(expected);
    }
  }
}
