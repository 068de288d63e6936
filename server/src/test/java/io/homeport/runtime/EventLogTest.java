package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What the log tells at night. */
final class EventLogTest {
  private static final Agent AGENT =
      new Agent(
          new AgentId("agent-1"),
          "box",
          Optional.empty(),
          Optional.empty(),
          new TreeMap<>(),
          List.of());

  private static EventLog.Line line(Event event) {
    return EventLog.line(event).orElseThrow();
  }

  @Test
  void aLostAgentIsAWarningAndItsReturnIsNot() {
    assertThat(
            line(
                new Event.AgentChanged(
                    AGENT, AgentStatus.UNREACHABLE, Optional.of(AgentStatus.ACTIVE))))
        .isEqualTo(
            new EventLog.Line(Level.WARN, "Agent box (agent-1) is out of reach, was active"));
    assertThat(
            line(
                new Event.AgentChanged(
                    AGENT, AgentStatus.ACTIVE, Optional.of(AgentStatus.UNREACHABLE))))
        .isEqualTo(
            new EventLog.Line(Level.INFO, "Agent box (agent-1) is active, was out of reach"));
  }

  @Test
  void anAgentNamedAfterItsHostIsNamedOnce() {
    Agent local =
        new Agent(
            new AgentId("local-1"),
            "local-1",
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(),
            List.of());
    assertThat(line(new Event.AgentChanged(local, AgentStatus.ACTIVE, Optional.empty())).text())
        .isEqualTo("Agent local-1 is active");
  }

  @Test
  void aDeploymentIsNamedByWhatItDoes() {
    Deployment deployment =
        new Deployment(
            new DeploymentId("x-1"),
            Instant.EPOCH,
            List.of(
                new Deployment.Step(
                    List.of(new Deployment.Action(Deployment.Kind.SCALE, new AppId("/db"))))),
            0,
            new TreeMap<>(),
            Instant.EPOCH);
    assertThat(line(new Event.DeploymentStepStarted(deployment)).text())
        .isEqualTo("Deployment x-1 (ScaleApplication /db) begins.");
    assertThat(line(new Event.DeploymentFailed(deployment, "cancelled")).text())
        .isEqualTo("Deployment x-1 (ScaleApplication /db) ends undone: cancelled");
  }

  @Test
  void routineIsNotWritten() {
    assertThat(EventLog.line(new Event.GroupChanged(Instant.EPOCH))).isEmpty();
    assertThat(EventLog.line(new Event.HealthCheckRemoved(new AppId("/db")))).isEmpty();
  }
}
