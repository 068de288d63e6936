package io.homeport.e2e;

import io.homeport.mesos.testing.TestMesos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The built server on a Mesos of the tests, and what its stories ask it. */
final class MesosServer {
  private MesosServer() {}

  static ServerProcess start(Path dataDir, TestMesos mesos, String... more) {
    List<String> flags =
        new ArrayList<>(List.of("--engine", "mesos", "--mesos-master", mesos.address()));
    flags.addAll(List.of(more));
    return ServerProcess.start(dataDir, flags.toArray(String[]::new));
  }

  /** A definition whose tasks note in their volume that they ran, and whether alone. */
  static String app(String id, int instances, String extra) {
    return """
        {"id": "%s", "instances": %d, "cpus": 0.1, "mem": 32, "backoffSeconds": 0,
         "cmd": "exec 9>>data/lock; flock -n 9 || echo $MESOS_TASK_ID >> data/double; echo $MESOS_TASK_ID >> data/log; exec sleep 100000",
         "taskKillGracePeriodSeconds": 1,
         "container": {"type": "MESOS", "volumes":
           [{"containerPath": "data", "mode": "RW", "persistent": {"size": 10}}]}%s}
        """
        .formatted(id, instances, extra);
  }

  /** A file of a volume, through the API. */
  static String file(ServerProcess server, JsonNode volume, String path) {
    String id = volume.path("id").asString().replace("#", "%23");
    return server.get("/v2/volumes/" + id + "/files/content?path=" + path).raw().body();
  }

  static boolean isConnected(ServerProcess server) {
    return server.get("/v2/info").body().path("homeport").path("connected").asBoolean();
  }

  static void awaitConnected(ServerProcess server) {
    server.await("it is connected", Duration.ofSeconds(60), () -> isConnected(server));
  }

  static void awaitAgent(ServerProcess server, String agent, String status) {
    server.await(
        agent + " is " + status,
        Duration.ofSeconds(30),
        () ->
            server
                .get("/v2/agents/" + agent)
                .body()
                .path("agent")
                .path("status")
                .asString("")
                .equals(status));
  }
}
