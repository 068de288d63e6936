package io.homeport.api;

import io.homeport.runtime.Election;
import io.homeport.runtime.Snapshot;
import io.homeport.state.DurableState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What this server is: {@code /v2/info}. */
final class InfoResource {
  private final Backend backend;

  InfoResource(Backend backend) {
    this.backend = backend;
  }

  Answer info(Request request) {
    ApiConfig config = backend.config();
    Snapshot snapshot = backend.snapshot();
    DurableState state = snapshot.state().durable();
    ObjectNode json = Json.object();
    json.put("name", "homeport");
    json.put("version", config.version());
    json.put("elected", true);
    json.put("leader", self(config));
    json.put("frameworkId", state.frameworkId().isEmpty() ? null : state.frameworkId());
    ObjectNode marathon = json.putObject("marathon_config");
    marathon.put("mesos_role", config.role());
    marathon.put("framework_name", "homeport");
    marathon.put("ha", config.election().isPresent());
    marathon.put("checkpoint", true);
    ObjectNode zookeeper = json.putObject("zookeeper_config");
    config.election().ifPresent(election -> zookeeper.put("zk", election.description()));
    json.putObject("http_config").put("http_port", config.port());
    json.putObject("event_subscriber");
    ObjectNode ours = json.putObject("homeport");
    ours.put("engine", backend.cluster().kind());
    ours.put("connected", snapshot.state().present().connection().connected());
    ours.put("installation", state.installation());
    ours.put("store", config.store());
    config
        .election()
        .ifPresent(
            election ->
                ours.set(
                    "servers",
                    Json.strings(election.servers().stream().map(URI::toString).toList())));
    ours.set("limitations", Json.strings(backend.cluster().limitations()));
    List<String> warnings = new ArrayList<>();
    state.safeMode().map(StateResource::warning).ifPresent(warnings::add);
    warnings.addAll(config.warnings());
    warnings.addAll(backend.cluster().warnings());
    ours.set("warnings", Json.strings(warnings));
    ours.set("safeMode", StateResource.json(state.safeMode()));
    ours.put("readOnly", config.readOnly().orElse(null));
    ours.put("sequence", snapshot.sequence());
    ArrayNode unknown = ours.putArray("unknownTasks");
    snapshot.state().present().unknownTasks().keySet().forEach(id -> unknown.add(id.value()));
    return Answer.ok(json);
  }

  /** Whoever answers this leads. */
  private static String self(ApiConfig config) {
    return config
        .election()
        .flatMap(Election::address)
        .map(URI::getAuthority)
        .orElse(config.address() + ":" + config.port());
  }
}
