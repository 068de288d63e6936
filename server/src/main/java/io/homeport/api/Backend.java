package io.homeport.api;

import io.homeport.runtime.Cluster;
import io.homeport.runtime.EventJournal;
import io.homeport.runtime.SchedulerLoop;
import io.homeport.runtime.Snapshot;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.ClusterState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the resources stand on: the committed state, the loop that takes commands, and the ports to
 * agents and files.
 *
 * @param loop takes commands and shows the state
 * @param journal the events published lately
 * @param cluster the engine
 * @param config what the API knows of the server around it
 * @param stop ends the server
 * @param backups writes a committed state in the form of a back-up
 */
public record Backend(
    SchedulerLoop loop,
    EventJournal journal,
    Cluster cluster,
    ApiConfig config,
    Stop stop,
    BackupWriter backups) {
  private static final long PATIENCE_SECONDS = 60;

  /** Ends the server, soon after it was asked to. */
  @FunctionalInterface
  public interface Stop {
    /**
     * Begins to end the server and returns at once.
     *
     * @param tasks whether all tasks are ended as well
     * @return why not; absent when it has begun
     */
    Optional<String> begin(boolean tasks);
  }

  /** Writes a committed state in the form of a back-up. */
  @FunctionalInterface
  public interface BackupWriter {
    /**
     * Writes all of it.
     *
     * @param snapshot the state
     * @param out where to; not closed by this
     * @throws IOException when it cannot be written
     */
    void write(Snapshot snapshot, OutputStream out) throws IOException;
  }

  /** The committed state and its sequence number. */
  Snapshot snapshot() {
    return loop.snapshot();
  }

  /** The committed state. */
  ClusterState state() {
    return loop.snapshot().state();
  }

  /**
   * Gives a command to the loop and waits until its outcome is committed.
   *
   * @param command the command
   * @throws ApiException when it is refused
   */
  Reply ask(Command command) {
    try {
      Reply reply = loop.ask(command).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (reply instanceof Reply.Rejected rejected) {
        throw ApiException.of(rejected);
      }
      return reply;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("The server is stopping.");
    } catch (TimeoutException slow) {
      throw ApiException.unavailable(
          "The server did not get to the request in "
              + PATIENCE_SECONDS
              + " s. It may still be carried out.");
    } catch (ExecutionException | CompletionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new ApiException(500, Json.message(String.valueOf(cause.getMessage())), failed);
    }
  }
}
