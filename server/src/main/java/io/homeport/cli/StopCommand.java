package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code homeport stop}: ends the server, and everything with it if asked for. */
@Command(
    name = "stop",
    description = {
      "Stop the server. Tasks go on, and the next server finds them again.",
      "With --tasks they are ended first; volumes stay, and the next server launches them again."
    })
final class StopCommand extends ClientCommand {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Option(names = "--tasks", description = "End all tasks as well.")
  private boolean tasks;

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    session.send("POST", "/v2/stop?tasks=" + tasks);
    Instant end = session.now().plus(PATIENCE);
    while (answers(session)) {
      if (session.now().isAfter(end)) {
        throw new CommandFailure(
            ExitStatus.FAILED,
            "The server still answers after "
                + PATIENCE.toSeconds()
                + " seconds. Its log says what it waits for.");
      }
      Thread.sleep(PAUSE);
    }
    session.print(
        tasks ? "All tasks have ended, and the server has stopped." : "The server has stopped.");
    return ExitStatus.OK;
  }

  private static boolean answers(Session session) {
    try {
      session.api().stream("/ping", java.util.Map.of()).body().close();
      return true;
    } catch (CommandFailure gone) {
      return gone.status() != ExitStatus.UNAVAILABLE;
    } catch (java.io.IOException closing) {
      return true;
    }
  }
}
