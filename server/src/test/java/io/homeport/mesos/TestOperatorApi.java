package io.homeport.mesos;

import com.sun.net.httpserver.HttpExchange;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.TaskId;
import io.homeport.model.VolumeId;
import io.homeport.runtime.AgentOperationException;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.protobuf.Message;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.DrainState;
import org.apache.mesos.v1.Protos.FileInfo;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.agent.Protos;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;

/**
 * The operator APIs of the master and of the agents of {@link TestMesos}. The agents share an
 * address.
 */
final class TestOperatorApi {
  private static final Pattern SANDBOX =
      Pattern.compile("/frameworks/[^/]+/executors/([^/]+)/runs/latest(?:/(.*))?");

  private final TestMesos mesos;

  TestOperatorApi(TestMesos mesos) {
    this.mesos = mesos;
  }

  void answer(HttpExchange exchange) throws IOException {
    Encoding encoding = TestMesos.encoding(exchange, "Content-Type").orElseThrow();
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      TestMesos.answer(
          exchange, encoding, master(encoding.decode(body, Call.newBuilder()).build()));
    } catch (AgentOperationException e) {
      TestMesos.answer(exchange, 400, String.valueOf(e.getMessage()));
    }
  }

  void answerAsAgent(HttpExchange exchange) throws IOException {
    Encoding encoding = TestMesos.encoding(exchange, "Content-Type").orElseThrow();
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      TestMesos.answer(
          exchange, encoding, agent(encoding.decode(body, Protos.Call.newBuilder()).build()));
    } catch (NoSuchFileException e) {
      TestMesos.answer(exchange, 404, "");
    }
  }

  private Message master(Call call) throws AgentOperationException {
    Response.Builder response = Response.newBuilder();
    switch (call.getType()) {
      case GET_AGENTS -> {
        response.setType(Response.Type.GET_AGENTS);
        mesos.agents().values().forEach(report -> list(report, response.getGetAgentsBuilder()));
      }
      case GET_FRAMEWORKS -> {
        response.setType(Response.Type.GET_FRAMEWORKS);
        mesos
            .neighbours()
            .forEach(
                info ->
                    response
                        .getGetFrameworksBuilder()
                        .addFrameworksBuilder()
                        .setFrameworkInfo(info)
                        .setActive(true)
                        .setConnected(true)
                        .setRecovered(false));
      }
      case DRAIN_AGENT -> mesos.engine().agents().drain(id(call.getDrainAgent().getAgentId()));
      case REACTIVATE_AGENT ->
          mesos.engine().agents().activate(id(call.getReactivateAgent().getAgentId()));
      case MARK_AGENT_GONE ->
          mesos.engine().agents().markGone(id(call.getMarkAgentGone().getAgentId()));
      default -> throw new IllegalStateException("not asked by Homeport: " + call.getType());
    }
    return response.build();
  }

  private static AgentId id(org.apache.mesos.v1.Protos.AgentID id) {
    return new AgentId(id.getValue());
  }

  private void list(
      io.homeport.model.ClusterEvent.AgentReported report, Response.GetAgents.Builder listed) {
    if (report.status() == AgentStatus.UNREACHABLE || report.status() == AgentStatus.GONE) {
      return;
    }
    AgentInfo info = MasterEvents.agent(report.agent(), report.total(), mesos.agentsPort());
    Response.GetAgents.Agent.Builder agent =
        listed
            .addAgentsBuilder()
            .setAgentInfo(info)
            .setActive(report.status() == AgentStatus.ACTIVE)
            .setVersion("1.11.0")
            .setPid("slave(1)@127.0.0.1:" + mesos.agentsPort());
    agent.addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.AGENT_OPERATION_FEEDBACK);
    if (report.status() == AgentStatus.DRAINING) {
      agent.getDrainInfoBuilder().setState(DrainState.DRAINING).getConfigBuilder();
    } else if (report.status() == AgentStatus.DRAINED) {
      agent.getDrainInfoBuilder().setState(DrainState.DRAINED).getConfigBuilder();
    }
  }

  private Message agent(Protos.Call call) throws IOException {
    Protos.Response.Builder response = Protos.Response.newBuilder();
    switch (call.getType()) {
      case LIST_FILES -> {
        Found found = find(call.getListFiles().getPath());
        for (TaskFiles.Entry entry : mesos.engine().files().list(found.place(), found.path())) {
          response.getListFilesBuilder().addFileInfos(info(entry));
        }
      }
      case READ_FILE -> {
        Found found = find(call.getReadFile().getPath());
        TaskFiles.Chunk chunk =
            mesos
                .engine()
                .files()
                .read(
                    found.place(),
                    found.path(),
                    call.getReadFile().getOffset(),
                    (int) call.getReadFile().getLength());
        response
            .getReadFileBuilder()
            .setSize(chunk.size())
            .setData(ByteString.copyFrom(chunk.bytes()));
      }
      case GET_TASKS ->
          mesos.launched.values().stream()
              .forEach(
                  task -> {
                    var listed = response.getGetTasksBuilder().addCompletedTasksBuilder();
                    listed
                        .setName(task.getName())
                        .setTaskId(task.getTaskId())
                        .setAgentId(task.getAgentId())
                        .setState(TaskState.TASK_RUNNING)
                        .addAllResources(task.getResourcesList());
                    listed.getFrameworkIdBuilder().setValue(mesos.frameworkId());
                  });
      case GET_CONTAINERS -> response.getGetContainersBuilder();
      default -> throw new IllegalStateException("not asked by Homeport: " + call.getType());
    }
    return response.build();
  }

  /** A file of a sandbox, or of a volume that is mounted there. */
  private record Found(TaskFiles.Place place, String path) {}

  private Found find(String path) throws IOException {
    Matcher shape = SANDBOX.matcher(path);
    TaskInfo task = shape.matches() ? mesos.launched.get(shape.group(1)) : null;
    if (task == null) {
      throw new NoSuchFileException(path);
    }
    AgentId agent = new AgentId(task.getAgentId().getValue());
    String rest = Optional.ofNullable(shape.group(2)).orElse("");
    for (Resource resource : task.getResourcesList()) {
      String name = resource.getDisk().getVolume().getContainerPath();
      if (!name.isEmpty() && (rest.equals(name) || rest.startsWith(name + "/"))) {
        VolumeId volume = new VolumeId(resource.getDisk().getPersistence().getId());
        return new Found(
            new TaskFiles.Place.VolumeData(agent, volume),
            rest.substring(name.length()).replaceFirst("^/", ""));
      }
    }
    return new Found(
        new TaskFiles.Place.Sandbox(agent, new TaskId(task.getTaskId().getValue())), rest);
  }

  private static FileInfo info(TaskFiles.Entry entry) {
    int type = entry.kind() == TaskFiles.Kind.DIRECTORY ? 0040755 : 0100644;
    FileInfo.Builder info =
        FileInfo.newBuilder()
            .setPath("/somewhere/" + entry.path())
            .setSize(entry.size())
            .setMode(type)
            .setUid(entry.owner());
    info.getMtimeBuilder().setNanoseconds(entry.modifiedAt().toEpochMilli() * 1_000_000);
    return info.build();
  }
}
