package io.homeport.contract;

import io.homeport.mesos.MesosEngine;
import io.homeport.mesos.MesosOptions;
import io.homeport.mesos.testing.TestMesos;
import io.homeport.model.AgentId;
import io.homeport.runtime.Cluster;
import io.homeport.state.ClusterState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The Mesos engine, with a Mesos behind it, keeps the contract. */
final class MesosClusterContractTest extends ClusterContract {
  @TempDir private Path dir;

  @Override
  protected Terrain terrain() throws IOException {
    TestMesos mesos = TestMesos.start(dir, 2);
    MesosEngine engine =
        MesosEngine.open(
            MesosOptions.of(mesos.address(), "homeport"),
            () -> ClusterState.EMPTY,
            why -> {
              throw new AssertionError(why);
            });
    return new Behind(engine, mesos);
  }

  /** Agents lose power and start again. */
  private record Behind(MesosEngine engine, TestMesos mesos) implements Terrain {
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
      mesos.crashAgent(mesos.agentNumber(agent.value()));
    }

    @Override
    public void returnAgent(AgentId agent) {
      mesos.startAgent(mesos.agentNumber(agent.value()));
    }

    @Override
    public void close() {
      engine.close();
      mesos.close();
    }
  }
}
