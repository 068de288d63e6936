package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport logs}: what tasks wrote. */
@Command(
    name = "logs",
    description = {
      "Show what the tasks of an app, or one task, wrote; also after they ended.",
      "With several tasks each line begins with its task."
    })
final class LogsCommand extends ClientCommand {
  @Parameters(
      paramLabel = "TASK",
      description = "An app, or a task: its id or the beginning of it, or APP:ORDINAL.")
  private String what;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is written from now on, until the tasks end.")
  private boolean follow;

  @Option(names = "--stderr", description = "Standard error instead of standard output.")
  private boolean stderr;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of the last lines; ${DEFAULT-VALUE} if not given.")
  private int lines;

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    List<LogReader> readers = readers(session);
    for (LogReader reader : readers) {
      reader.tail(lines);
    }
    if (follow) {
      List<Thread> threads = new ArrayList<>();
      for (LogReader reader : readers) {
        threads.add(Thread.ofVirtual().start(reader::follow));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    return ExitStatus.OK;
  }

  private List<LogReader> readers(Session session) {
    String file = stderr ? "stderr" : "stdout";
    List<Source> sources = sources(session);
    boolean several = sources.size() > 1;
    return sources.stream()
        .map(
            source ->
                new LogReader(
                    session,
                    "/v2/tasks/" + Api.encode(source.task()) + "/logs/" + file,
                    several ? source.name() + " | " : ""))
        .toList();
  }

  /** A task and what it is called. */
  private record Source(String task, String name) {}

  private List<Source> sources(Session session) {
    if (what.contains(".instance-")) {
      return List.of(new Source(what.contains("._app.") ? what : task(session), what));
    }
    if (what.contains(":")) {
      return List.of(new Source(task(session), what));
    }
    String app;
    try {
      app = session.names().app(what);
    } catch (CommandFailure noApp) {
      return List.of(new Source(taskInsteadOfApp(session, noApp), what));
    }
    List<Source> sources = new ArrayList<>();
    for (JsonNode task : session.api().get("/v2/apps" + app + "/tasks").path("tasks")) {
      sources.add(new Source(task.path("id").asString(""), TaskText.name(task)));
    }
    return sources.isEmpty() ? lastRun(session, app) : sources;
  }

  private String task(Session session) {
    return session.names().task(what);
  }

  private String taskInsteadOfApp(Session session, CommandFailure noApp) {
    if (noApp.status() == ExitStatus.AMBIGUOUS) {
      throw noApp;
    }
    try {
      return task(session);
    } catch (CommandFailure noTask) {
      throw noTask.status() == ExitStatus.AMBIGUOUS ? noTask : noApp;
    }
  }

  /** An app without tasks may have had some, whose sandboxes are kept for a while. */
  private static List<Source> lastRun(Session session, String app) {
    JsonNode runs = session.api().get("/v2/apps" + app + "/runs").path("runs");
    if (runs.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.NOT_FOUND, app + " has no task, and no earlier one whose logs are kept.");
    }
    String task = runs.path(0).path("taskId").asString("");
    return List.of(new Source(task, task));
  }
}
