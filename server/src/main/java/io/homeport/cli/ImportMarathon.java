package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.MarathonSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport import marathon}: the app definitions of a running Marathon. */
@Command(
    name = "marathon",
    sortOptions = false,
    description = {
      "Take over app definitions from a running Marathon. Nothing is changed there.",
      "Apps come in suspended, with 0 instances, because two schedulers must not both run a",
      "database; scale one up here once it is scaled down there. Volumes stay with Marathon: data is",
      "moved by the database's own means. Apps that exist here are compared and left alone, so that",
      "the command can be repeated. What cannot be carried over is reported with its JSON path."
    })
final class ImportMarathon extends ClientCommand {
  @Parameters(paramLabel = "URL", description = "Where Marathon is, such as http://host:8080.")
  private String marathon = "";

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Option(
      names = "--with-instances",
      description =
          "Start apps with as many instances as Marathon has. Those that could not be carried over"
              + " as a whole come in suspended all the same.")
  private boolean withInstances;

  @Option(
      names = "--keep-relaunch-after-timeout",
      description =
          "Carry taskLostBehavior RELAUNCH_AFTER_TIMEOUT over as it is. Marathon accepted it and"
              + " never acted on it; Homeport does: it starts on an EMPTY volume elsewhere when an"
              + " agent is out of reach for that long. Without this it becomes WAIT_FOREVER, which"
              + " is what Marathon did.")
  private boolean keepRelaunch;

  @Option(
      names = "--marathon-user",
      paramLabel = "NAME",
      description = "The user for Marathon's basic authentication.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--marathon-password-file",
      paramLabel = "FILE",
      description = "A file with that user's password.")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--marathon-token-file",
      paramLabel = "FILE",
      description = "A file with a token, sent as 'Authorization: token=TOKEN', as DC/OS wants it.")
  private Optional<Path> tokenFile = Optional.empty();

  @Override
  ExitStatus run(Session session) {
    if (user.isPresent() != passwordFile.isPresent()) {
      throw new CommandFailure(
          ExitStatus.USAGE, "--marathon-user and --marathon-password-file go together.");
    }
    MarathonSource.Contents contents = MarathonSource.read(marathon, user, passwordFile, tokenFile);
    Map<String, JsonNode> present = new TreeMap<>();
    for (JsonNode app : session.api().get("/v2/apps").path("apps")) {
      present.put(app.path("id").asString(""), app);
    }
    ImportedApp.Choices choices = new ImportedApp.Choices(withInstances, keepRelaunch);
    List<ImportedApp> apps = new ArrayList<>();
    for (JsonNode app : contents.apps()) {
      String id = app.path("id").asString("");
      apps.add(ImportedApp.plan(session.api(), app, Optional.ofNullable(present.get(id)), choices));
    }
    ImportReport report = new ImportReport(contents, apps, dryRun);
    if (!session.json()) {
      report.print(session);
    }
    if (!dryRun) {
      apps.replaceAll(app -> app.create(session.api()));
      if (!session.json()) {
        report.printOutcome(session);
      }
    }
    if (session.json()) {
      session.print(report.json());
    }
    return apps.stream().anyMatch(ImportedApp::hasFailed) ? ExitStatus.INVALID : ExitStatus.OK;
  }
}
