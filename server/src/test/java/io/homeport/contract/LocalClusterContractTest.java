package io.homeport.contract;

import io.homeport.local.LocalEngine;
import io.homeport.local.LocalEngineOptions;
import io.homeport.model.AgentId;
import io.homeport.model.PortRange;
import io.homeport.runtime.AgentOperationException;
import io.homeport.runtime.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The engine of this machine keeps the contract. */
final class LocalClusterContractTest extends ClusterContract {
  @TempDir private Path dir;

  @Override
  protected Terrain terrain() throws IOException {
    LocalEngine engine =
        LocalEngine.open(
            LocalEngineOptions.defaults(dir.toAbsolutePath(), 2)
                .withResources(
                    Optional.of(4.0),
                    Optional.of(4096.0),
                    Optional.of(10_000.0),
                    new PortRange(31_000, 31_999)));
    return new Machine(engine);
  }

  /** Agents are stopped and started as an administrator does. */
  private record Machine(LocalEngine engine) implements Terrain {
    @Override
    public Cluster cluster() {
      return engine;
    }

    @Override
    public void pass() {
      RealTime.pass();
    }

    @Override
    public void loseAgent(AgentId agent) {
      try {
        engine.agents().stop(agent);
      } catch (AgentOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void returnAgent(AgentId agent) {
      try {
        engine.agents().activate(agent);
      } catch (AgentOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        int left = engine.endTasks(Duration.ofSeconds(20));
        if (left > 0) {
          throw new IllegalStateException(left + " tasks of the test go on");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      engine.close();
    }
  }
}
