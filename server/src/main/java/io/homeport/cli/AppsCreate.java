package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps create}: a new app. */
@Command(name = "create", description = "Create an app from a JSON definition.")
final class AppsCreate extends ClientCommand {
  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Mixin private ChangeOptions options = new ChangeOptions();

  /** Where the definition is. */
  static final class Source {
    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "The definition; - for standard input.")
    private Optional<String> option = Optional.empty();

    @Parameters(paramLabel = "FILE", description = "The definition; - for standard input.")
    private Optional<String> parameter = Optional.empty();

    String file() {
      return option.or(() -> parameter).orElseThrow();
    }
  }

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    JsonNode definition = DefinitionFile.read(source.file(), session.terminal());
    String id = definition.path("id").asString("The app");
    return options.carryOut(
        session,
        new ChangeOptions.Change("POST", "/v2/apps", Optional.of(definition.toString())),
        id + " is created.");
  }
}
