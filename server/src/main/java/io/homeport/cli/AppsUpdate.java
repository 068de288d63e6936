package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code homeport apps update}: changes some fields of an app. */
@Command(
    name = "update",
    description = {
      "Change an app; fields that are not mentioned stay as they are.",
      "For example: homeport apps update samson instances=3 'labels={\"tier\":\"db\"}'"
    })
final class AppsUpdate extends ClientCommand {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The fields as JSON; - for standard input.")
  private Optional<String> file = Optional.empty();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "APP",
      description = "The app: its id, or the end of it. The id in the file if not given.")
  private Optional<String> app = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "FIELD=VALUE",
      description = "Fields of the definition, with JSON or plain text as values.")
  private List<String> fields = List.of();

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    JsonNode update =
        file.map(name -> DefinitionFile.read(name, session.terminal()))
            .orElseGet(JsonNodeFactory.instance::objectNode);
    if (update instanceof ObjectNode object) {
      fields.forEach(field -> set(object, field));
    }
    if (update.isEmpty()) {
      throw usage("Nothing to change: give --file or fields such as instances=3.");
    }
    String id = app.map(session.names()::app).orElseGet(() -> idIn(update));
    return options.carryOut(
        session,
        new ChangeOptions.Change("PUT", "/v2/apps" + id, Optional.of(update.toString())),
        id + " is changed.");
  }

  private static String idIn(JsonNode update) {
    String id = update.path("id").asString("");
    if (id.isEmpty()) {
      throw usage("Which app? Name it, or give its id in the file.");
    }
    return id.startsWith("/") ? id : "/" + id;
  }

  private static void set(ObjectNode update, String field) {
    int equals = field.indexOf('=');
    if (equals < 1) {
      throw usage("Expected FIELD=VALUE such as instances=3, and found " + field + ".");
    }
    String value = field.substring(equals + 1);
    JsonNode node;
    try {
      node = JSON.readTree(value);
    } catch (JacksonException plainText) {
      node = JsonNodeFactory.instance.stringNode(value);
    }
    update.set(field.substring(0, equals), node);
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitStatus.USAGE, message);
  }
}
