package io.homeport.mesos.testing;

import com.sun.net.httpserver.HttpExchange;
import io.homeport.mesos.Wire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.FileInfo;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Task;
import org.apache.mesos.v1.agent.Protos.Call;
import org.apache.mesos.v1.agent.Protos.Response;

/** The v1 API of one agent: sandboxes under virtual paths, and what runs there. */
final class AgentEndpoint {
  private static final Pattern SANDBOX =
      Pattern.compile("/frameworks/([^/]+)/executors/([^/]+)/runs/latest(?:/(.*))?");
  private static final int DIRECTORY = 0040755;
  private static final int FILE = 0100644;

  private final Turns turns;
  private final Settings settings;
  private final Agent agent;

  AgentEndpoint(Turns turns, Settings settings, Agent agent) {
    this.turns = turns;
    this.settings = settings;
    this.agent = agent;
  }

  void handle(HttpExchange exchange) throws IOException {
    if (!turns.ask(agent::isUp)) {
      exchange.close(); // as if nobody listened
      return;
    }
    Optional<Wire> wire = Http.admitted(exchange, settings);
    if (wire.isEmpty()) {
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    Call call = wire.get().decode(body, Call.newBuilder()).build();
    switch (call.getType()) {
      case LIST_FILES -> {
        Optional<Path> directory =
            turns.ask(() -> find(call.getListFiles().getPath())).filter(Files::isDirectory);
        if (directory.isEmpty()) {
          Http.answer(exchange, 404, "");
        } else {
          Http.answer(exchange, wire.get(), list(directory.get()));
        }
      }
      case READ_FILE -> {
        Optional<Path> file =
            turns.ask(() -> find(call.getReadFile().getPath())).filter(Files::isRegularFile);
        if (file.isEmpty()) {
          Http.answer(exchange, 404, "");
        } else {
          Http.answer(exchange, wire.get(), read(file.get(), call.getReadFile()));
        }
      }
      case GET_TASKS -> Http.answer(exchange, wire.get(), turns.ask(this::tasks));
      case GET_CONTAINERS -> Http.answer(exchange, wire.get(), turns.ask(this::containers));
      default -> Http.answer(exchange, 501, "Not asked in the tests: " + call.getType());
    }
  }

  private Optional<Path> find(String path) {
    Matcher shape = SANDBOX.matcher(path);
    Executor executor = shape.matches() ? agent.executors().get(shape.group(2)) : null;
    if (executor == null || !executor.framework().equals(shape.group(1))) {
      return Optional.empty();
    }
    Path sandbox = agent.sandbox(executor);
    return Optional.of(Optional.ofNullable(shape.group(3)).map(sandbox::resolve).orElse(sandbox));
  }

  private static Response list(Path directory) throws IOException {
    Response.Builder response = Response.newBuilder().setType(Response.Type.LIST_FILES);
    response.getListFilesBuilder();
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        FileInfo.Builder info =
            response
                .getListFilesBuilder()
                .addFileInfosBuilder()
                .setPath(file.toString())
                .setSize(attributes.size())
                .setMode(attributes.isDirectory() ? DIRECTORY : FILE)
                .setUid("root")
                .setGid("root");
        info.getMtimeBuilder().setNanoseconds(attributes.lastModifiedTime().toMillis() * 1_000_000);
      }
    }
    return response.build();
  }

  private static Response read(Path file, Call.ReadFile asked) throws IOException {
    Response.Builder response = Response.newBuilder().setType(Response.Type.READ_FILE);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
      long size = opened.length();
      long from = Math.min(asked.getOffset(), size);
      long most = asked.hasLength() ? asked.getLength() : 65_536;
      byte[] part = new byte[(int) Math.min(most, size - from)];
      opened.seek(from);
      opened.readFully(part);
      response.getReadFileBuilder().setSize(size).setData(ByteString.copyFrom(part));
    }
    return response.build();
  }

  private Response tasks() {
    Response.Builder response = Response.newBuilder().setType(Response.Type.GET_TASKS);
    response.getGetTasksBuilder();
    for (Executor executor : agent.executors().values()) {
      Task.Builder task =
          executor.hasEnded()
              ? response.getGetTasksBuilder().addCompletedTasksBuilder()
              : response.getGetTasksBuilder().addLaunchedTasksBuilder();
      task.setName(executor.task().getName())
          .setTaskId(executor.task().getTaskId())
          .setAgentId(executor.task().getAgentId())
          .setState(executor.state())
          .addAllResources(executor.task().getResourcesList());
      task.getFrameworkIdBuilder().setValue(executor.framework());
    }
    return response.build();
  }

  private Response containers() {
    Response.Builder response = Response.newBuilder().setType(Response.Type.GET_CONTAINERS);
    response.getGetContainersBuilder();
    for (Executor executor : agent.executors().values()) {
      List<Resource> volumes = agent.volumes(executor.task());
      if (executor.hasEnded()) {
        continue;
      }
      var container = response.getGetContainersBuilder().addContainersBuilder();
      container.getFrameworkIdBuilder().setValue(executor.framework());
      container.getExecutorIdBuilder().setValue(executor.id());
      container.setExecutorName("Command Executor (Task: " + executor.id() + ")");
      container.getContainerIdBuilder().setValue(executor.container());
      container.getResourceStatisticsBuilder().setTimestamp(Statuses.now());
      for (Resource volume : volumes) {
        container
            .getResourceStatisticsBuilder()
            .addDiskStatisticsBuilder()
            .setPersistence(volume.getDisk().getPersistence())
            .setLimitBytes((long) volume.getScalar().getValue() << 20)
            .setUsedBytes(TaskProcess.usedKib(agent.volume(volume)) << 10);
      }
    }
    return response.build();
  }
}
