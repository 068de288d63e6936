package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import tools.jackson.databind.JsonNode;

/** Agents as people read them, and operating on one. */
final class AgentText {
  private AgentText() {}

  /**
   * Operates on an agent and says so.
   *
   * @param session the server
   * @param id the agent's id
   * @param operation the last part of the path
   * @param done what it then is, as a predicate
   */
  static ExitStatus operate(Session session, String id, String operation, String done) {
    JsonNode answer = session.send("POST", "/v2/agents/" + Api.encode(id) + "/" + operation).body();
    if (session.json()) {
      session.print(answer);
    } else {
      JsonNode agent = answer.path("agent");
      session.print(
          "Agent "
              + id
              + " "
              + done
              + "; its status is "
              + agent.path("status").asString("unknown")
              + ".");
    }
    return ExitStatus.OK;
  }

  /**
   * When an agent was heard of last: now, for one that is within reach.
   *
   * @param session what time it is
   * @param agent the agent
   */
  static String seen(Session session, JsonNode agent) {
    String status = agent.path("status").asString("");
    boolean away = status.equals("unreachable") || status.equals("gone");
    return away ? session.ago(agent, "lastSeen") : "now";
  }

  /**
   * How much of something is reserved and in use, and how much there is.
   *
   * @param agent the agent
   * @param resource such as {@code cpus}
   * @param size whether it is in MiB
   */
  static String shares(JsonNode agent, String resource, boolean size) {
    double used = agent.path("used").path(resource).asDouble(0);
    double total = agent.path("total").path(resource).asDouble(0);
    return size
        ? Sizes.mebibytes(used) + " / " + Sizes.mebibytes(total)
        : Sizes.number(used) + " / " + Sizes.number(total);
  }
}
