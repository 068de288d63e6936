package io.homeport.api;

import io.homeport.runtime.Election;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Who leads: {@code /v2/leader}, as Marathon has it. */
final class LeaderResource {
  /** So long an answer may take to get out before its server lets go. */
  private static final Duration DELAY = Duration.ofMillis(500);

  private final Optional<Election> election;
  private final Supplier<Optional<String>> name;

  private LeaderResource(Optional<Election> election, Supplier<Optional<String>> name) {
    this.election = election;
    this.name = name;
  }

  static LeaderResource of(ApiConfig config) {
    return config
        .election()
        .map(LeaderResource::of)
        .orElseGet(
            () ->
                new LeaderResource(
                    Optional.empty(), () -> Optional.of(config.address() + ":" + config.port())));
  }

  static LeaderResource of(Election election) {
    return new LeaderResource(
        Optional.of(election), () -> election.leader().map(URI::getAuthority));
  }

  Answer leader(Request request) {
    String leader =
        name.get().orElseThrow(() -> ApiException.of(404, "no_leader", "There is no leader"));
    return Answer.ok(Json.object().put("leader", leader));
  }

  /** Gives the leadership up, soon after the answer. */
  Answer abdicate(Request request) {
    Election giveUp =
        election.orElseThrow(
            () ->
                ApiException.of(
                    409,
                    "not_possible",
                    "This server runs alone (without --zk): no other could lead."));
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Thread.sleep(DELAY);
                giveUp.resign("it was asked to abdicate", Duration.ZERO);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return Answer.ok(Json.message("Leadership abdicated"));
  }
}
