package io.homeport.state;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * How the instances of apps are spread over agents. An instance counts where its home is, or
 * without one where its live task is. It is kept up to date one instance at a time, so that the
 * place of a further one can be chosen without a walk through all of a large app.
 *
 * @param counts for each app and agent how many; never 0
 */
public record Spread(TreePMap<AppId, TreePMap<AgentId, Integer>> counts) {
  /** Nothing is anywhere. */
  public static final Spread NONE = new Spread(TreePMap.empty());

  /**
   * On which agents how many instances of an app are; the detached ones count.
   *
   * @param app the app
   */
  public TreePMap<AgentId, Integer> of(AppId app) {
    return Objects.requireNonNullElse(counts.get(app), TreePMap.<AgentId, Integer>empty());
  }

  /** Where all instances and homes are. */
  static Spread of(Collection<AppInstances> instances, Collection<Reservation> homes) {
    Map<AppId, Map<AgentId, Integer>> counts = new LinkedHashMap<>();
    for (AppInstances some : instances) {
      for (Instance instance : some.all().values()) {
        placeOf(instance).ifPresent(agent -> count(counts, instance.appId(), agent));
      }
    }
    for (Reservation home : homes) {
      placeOf(home).ifPresent(agent -> count(counts, home.appId(), agent));
    }
    return new Spread(
        InOrder.map(
            List.copyOf(counts.entrySet()),
            Map.Entry::getKey,
            entry -> InOrder.map(entry.getValue())));
  }

  private static void count(Map<AppId, Map<AgentId, Integer>> counts, AppId app, AgentId agent) {
    counts.computeIfAbsent(app, id -> new LinkedHashMap<>()).merge(agent, 1, Integer::sum);
  }

  Spread with(Optional<Instance> before, Instance after) {
    return moved(after.appId(), before.flatMap(Spread::placeOf), placeOf(after));
  }

  Spread without(Instance instance) {
    return moved(instance.appId(), placeOf(instance), Optional.empty());
  }

  Spread with(@Nullable Reservation before, Reservation home) {
    if (before != null && !before.appId().equals(home.appId())) {
      return without(before).with(null, home);
    }
    Optional<AgentId> from = before == null ? Optional.empty() : placeOf(before);
    return moved(home.appId(), from, placeOf(home));
  }

  Spread without(Reservation home) {
    return moved(home.appId(), placeOf(home), Optional.empty());
  }

  private static Optional<AgentId> placeOf(Instance instance) {
    return instance.reservation().isEmpty() && instance.isLive()
        ? instance.task().map(Task::agent)
        : Optional.empty();
  }

  private static Optional<AgentId> placeOf(Reservation home) {
    return home.owner().map(owner -> home.agent());
  }

  private Spread moved(AppId app, Optional<AgentId> from, Optional<AgentId> to) {
    if (from.equals(to)) {
      return this;
    }
    TreePMap<AgentId, Integer> agents = Counts.moved(of(app), from, to);
    return new Spread(agents.isEmpty() ? counts.minus(app) : counts.plus(app, agents));
  }
}
