package io.homeport.local;

import io.homeport.model.Container;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.TaskLaunch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the record of a launch. */
final class TaskRecords {
  private TaskRecords() {}

  /** The record of a task that is about to be launched. */
  static TaskRecord of(TaskLaunch launch, LocalEngineOptions options, String boot) {
    boolean reserved = launch.reservation().isPresent();
    List<TaskRecord.Mount> mounts =
        launch
            .reservation()
            .map(
                home ->
                    home.volumes().stream()
                        .map(
                            volume ->
                                new TaskRecord.Mount(volume.id().value(), volume.containerPath()))
                        .toList())
            .orElse(List.of());
    return new TaskRecord(
        1,
        launch.task().value(),
        boot,
        launch.reservation().map(Reservation::id).map(ReservationId::value),
        reserved ? Resources.NONE : launch.app().resources(),
        launch.ports(),
        mounts,
        launch.app().killGracePeriod().orElse(options.killGrace()),
        launch.app().healthChecks(),
        launch
            .app()
            .container()
            .flatMap(Container::image)
            .map(_ -> "homeport-" + FileNames.of(launch.task().value())),
        Instant.now(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
