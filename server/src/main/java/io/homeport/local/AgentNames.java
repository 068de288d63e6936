package io.homeport.local;

import io.homeport.model.AgentId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of agents: {@code local-1}, ...; in a later life {@code local-1.2}. */
final class AgentNames {
  private static final Pattern SHAPE = Pattern.compile("(local-([1-9]\\d{0,3}))(\\.\\d+)?");

  private AgentNames() {}

  /**
   * The directory of an agent, whichever of its lives the id is from.
   *
   * @param root the engine's directory
   * @param id any id
   */
  static Optional<AgentDirectories> directories(Path root, AgentId id) {
    Matcher matcher = SHAPE.matcher(id.value());
    return matcher.matches()
        ? Optional.of(new AgentDirectories(root.resolve(matcher.group(1))))
        : Optional.empty();
  }

  /**
   * How many agents there must be at least, so that none is left out that holds something: with
   * fewer than before, nobody would look after its tasks and volumes.
   *
   * @param root the engine's directory
   */
  static int inUse(Path root) throws IOException {
    int highest = 0;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root, "local-*")) {
      for (Path entry : stream) {
        Matcher matcher = SHAPE.matcher(String.valueOf(entry.getFileName()));
        if (matcher.matches() && holdsSomething(new AgentDirectories(entry))) {
          highest = Math.max(highest, Integer.parseInt(matcher.group(2)));
        }
      }
    }
    return highest;
  }

  private static boolean holdsSomething(AgentDirectories agent) throws IOException {
    if (!Files.exists(agent.tasks())) {
      return false;
    }
    AgentLedger ledger = AgentLedger.open(agent);
    return !ledger.reservations().isEmpty()
        || ledger.tasks().stream().anyMatch(task -> !task.acknowledged());
  }
}
