package io.homeport.api;

import io.homeport.model.AppDefinition;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.Volume;
import io.homeport.runtime.TaskFiles;
import io.homeport.state.ClusterState;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The volumes of an app's instances in sum, detached ones included, for lists of apps.
 *
 * @param count how many there are
 * @param sizeMib their sizes together
 * @param usedBytes what is in use as far as it was measured; empty when none was
 */
record AppVolumes(int count, double sizeMib, Optional<Long> usedBytes) {

  static AppVolumes of(Backend backend, ClusterState state, AppDefinition app) {
    int count = 0;
    double size = 0;
    Optional<Long> used = Optional.empty();
    if (app.isStateful()) {
      for (Instance instance : state.durable().instancesOf(app.id()).all().values()) {
        Optional<Reservation> home = state.durable().reservationOf(instance);
        if (home.isPresent()) {
          for (Volume volume : home.get().volumes()) {
            count++;
            size += volume.sizeMib();
            used = plus(used, usage(backend, home.get(), volume));
          }
        }
      }
    }
    return new AppVolumes(count, size, used);
  }

  private static Optional<Long> usage(Backend backend, Reservation home, Volume volume) {
    return backend
        .cluster()
        .files()
        .usage(new TaskFiles.Place.VolumeData(home.agent(), volume.id()))
        .map(TaskFiles.Usage::bytes);
  }

  private static Optional<Long> plus(Optional<Long> sum, Optional<Long> more) {
    return more.isPresent() ? Optional.of(sum.orElse(0L) + more.get()) : sum;
  }

  ObjectNode json() {
    return Json.object()
        .put("count", count)
        .put("size", sizeMib)
        .put("usedBytes", usedBytes.orElse(null));
  }
}
