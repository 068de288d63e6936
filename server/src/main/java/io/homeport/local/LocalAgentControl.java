package io.homeport.local;

import io.homeport.model.AgentId;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.AgentOperationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Operates the agents of this machine. Waits until what was asked is on disk, not longer. */
final class LocalAgentControl implements AgentControl {
  private static final Duration TASKS_END = Duration.ofSeconds(10);

  private final EngineThread thread;
  private final Map<String, LocalAgent> agents;
  private final Function<AgentId, Optional<LocalAgent>> find;

  LocalAgentControl(
      EngineThread thread,
      Map<String, LocalAgent> agents,
      Function<AgentId, Optional<LocalAgent>> find) {
    this.thread = thread;
    this.agents = agents;
    this.find = find;
  }

  /** Something done to an agent. */
  @FunctionalInterface
  private interface Step {
    void run(LocalAgent agent) throws IOException, AgentOperationException;
  }

  @Override
  public void drain(AgentId agent) throws AgentOperationException {
    operate(
        agent,
        found -> {
          if (found.standing() == AgentRecord.Standing.STOPPED
              || found.standing() == AgentRecord.Standing.GONE) {
            throw notPossible(agent + " is stopped: bring it back first");
          }
          found.drain();
        });
  }

  @Override
  public void stop(AgentId agent) throws AgentOperationException {
    operate(
        agent,
        found -> {
          if (found.standing() == AgentRecord.Standing.GONE) {
            throw notPossible(agent + " was declared gone");
          }
          found.stop();
        });
  }

  @Override
  public void activate(AgentId agent) throws AgentOperationException {
    long end = System.nanoTime() + TASKS_END.toNanos();
    while (isEndingTasks(agent) && System.nanoTime() < end) {
      pause();
    }
    operate(
        agent,
        found -> {
          if (isEndingTasks(found)) {
            throw notPossible(
                agent
                    + " is still ending its tasks after "
                    + TASKS_END.toSeconds()
                    + " s: try again later");
          }
          found.activate();
        });
  }

  /** An agent that was stopped comes back without the tasks it had: they must have ended first. */
  private static boolean isEndingTasks(LocalAgent agent) {
    return switch (agent.standing()) {
      case ACTIVE, DRAINING -> false;
      case STOPPED, GONE -> !agent.tasks().live().isEmpty();
    };
  }

  private boolean isEndingTasks(AgentId agent) throws AgentOperationException {
    try {
      return thread.call(
          () -> find.apply(agent).filter(LocalAgentControl::isEndingTasks).isPresent());
    } catch (ExecutionException | RejectedExecutionException e) {
      throw failed(agent, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(agent, "interrupted");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next call says so
    }
  }

  @Override
  public void markGone(AgentId agent) throws AgentOperationException {
    operate(
        agent,
        found -> {
          if (found.standing() != AgentRecord.Standing.STOPPED) {
            throw notPossible(
                agent + " is in reach: stop it before you declare that it will not come back");
          }
          found.markGone();
        });
  }

  private static AgentOperationException notPossible(String message) {
    return new AgentOperationException(AgentOperationException.Kind.NOT_POSSIBLE, message);
  }

  private void operate(AgentId agent, Step step) throws AgentOperationException {
    try {
      boolean _ =
          thread.call(
              () -> {
                Optional<LocalAgent> found = find.apply(agent);
                if (found.isEmpty()) {
                  throw new AgentOperationException(
                      AgentOperationException.Kind.UNKNOWN_AGENT,
                      "there is no agent '" + agent + "'; there are " + agents.keySet());
                }
                step.run(found.get());
                return true;
              });
    } catch (ExecutionException | RejectedExecutionException e) {
      if (e.getCause() instanceof AgentOperationException known) {
        throw known;
      }
      throw failed(agent, String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(agent, "interrupted");
    }
  }

  private static AgentOperationException failed(AgentId agent, String why) {
    return new AgentOperationException(
        AgentOperationException.Kind.FAILED, agent + " could not be operated: " + why);
  }
}
