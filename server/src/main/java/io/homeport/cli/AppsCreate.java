package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps create}: a new app. */
@Command(name = "create", description = "Create an app from a JSON definition.")
final class AppsCreate extends ClientCommand {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "The definition; - for standard input.")
  private String file = "";

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    JsonNode definition = DefinitionFile.read(file, session.terminal());
    String id = definition.path("id").asString("The app");
    return options.carryOut(
        session,
        new ChangeOptions.Change("POST", "/v2/apps", Optional.of(definition.toString())),
        id + " is created.");
  }
}
