package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code homeport explain}: why something is not as it shall be. */
@Command(
    name = "explain",
    description = {
      "Explain why an app is not as it shall be.",
      "What each instance waits for, which conditions each agent does not meet, and what would make",
      "it fit. Without an app: all apps."
    })
final class ExplainCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "The app: its id, or the end of it.")
  private Optional<String> app = Optional.empty();

  @Override
  ExitStatus run(Session session) {
    List<String> ids =
        app.map(name -> List.of(session.names().app(name)))
            .orElseGet(() -> session.names().appIds());
    ArrayNode explanations = JsonNodeFactory.instance.arrayNode();
    ids.forEach(id -> explanations.add(session.api().get("/v2/apps" + id + "/explain")));
    if (session.json()) {
      session.print(app.isPresent() ? explanations.path(0) : explanations);
      return ExitStatus.OK;
    }
    boolean all = app.isEmpty();
    int told = 0;
    for (JsonNode explanation : explanations) {
      if (!all || !explanation.path("settled").asBoolean(false)) {
        print(session, explanation);
        told++;
      }
    }
    if (told == 0) {
      session.print(ids.isEmpty() ? "There are no apps." : "All apps are as they shall be.");
    }
    return ExitStatus.OK;
  }

  private static void print(Session session, JsonNode explanation) {
    String summary = explanation.path("summary").asString("");
    session.print(explanation.path("appId").asString("") + ": " + summary);
    for (JsonNode problem : explanation.path("problems")) {
      if (!problem.asString("").equals(summary)) {
        session.print("  " + problem.asString(""));
      }
    }
    for (JsonNode waiting : explanation.path("waiting")) {
      waiting(session, waiting);
    }
  }

  private static void waiting(Session session, JsonNode waiting) {
    session.print("");
    session.print(
        "Instance "
            + waiting.path("ordinal").asInt(0)
            + " waits since "
            + session.ago(waiting, "since")
            + ": "
            + waiting.path("reason").asString(""));
    Table table = new Table("AGENT", "HOST", "STATUS", "UNMET", "WANTED", "OFFERED");
    for (JsonNode agent : waiting.path("agents")) {
      agent(table, agent);
    }
    session.print(table, "No agent is known.");
    for (JsonNode fit : waiting.path("wouldFit")) {
      session.print("It would fit: " + fit.asString(""));
    }
  }

  /** A line for each unmet condition; the agent is named in its first. */
  private static void agent(Table table, JsonNode agent) {
    List<JsonNode> unmet = new ArrayList<>();
    agent.path("unmet").forEach(unmet::add);
    String id = agent.path("agentId").asString("");
    String host = agent.path("host").asString("");
    String status = agent.path("status").asString("unknown");
    if (unmet.isEmpty()) {
      table.row(id, host, status, "nothing, as far as known", "", "");
    }
    boolean first = true;
    for (JsonNode reason : unmet) {
      table.row(
          first ? id : " ",
          first ? host : " ",
          first ? status : " ",
          reason.path("message").asString(reason.path("reason").asString("")),
          reason.path("wanted").asString(""),
          reason.path("offered").asString(""));
      first = false;
    }
  }
}
