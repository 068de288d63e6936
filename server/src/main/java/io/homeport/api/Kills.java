package io.homeport.api;

import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends instances' tasks, many of them in several commands, because a decision is bounded. */
final class Kills {
  private static final int AT_ONCE = 150;

  private Kills() {}

  static Reply.Killed kill(Backend backend, List<InstanceId> instances, Request request) {
    Command.KillMode mode = AppTasksResource.mode(request);
    boolean force = request.flag("force", false);
    List<Instance> killed = new ArrayList<>();
    Optional<Reply.Deployed> deployed = Optional.empty();
    for (int from = 0; from < Math.max(1, instances.size()); from += AT_ONCE) {
      List<InstanceId> part = instances.subList(from, Math.min(instances.size(), from + AT_ONCE));
      // The deployment of an earlier part must not be in the way of a later one.
      Reply reply =
          backend.ask(new Command.KillInstances(List.copyOf(part), mode, force || from > 0));
      if (reply instanceof Reply.Killed more) {
        killed.addAll(more.instances());
        deployed = more.deployed().or(() -> Optional.empty());
      }
    }
    return new Reply.Killed(killed, deployed);
  }
}
