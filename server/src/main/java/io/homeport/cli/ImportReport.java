package io.homeport.cli;

import io.homeport.cli.client.MarathonSource;
import io.homeport.cli.text.Table;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became, or would become, of everything that a Marathon has.
 *
 * @param contents what it has
 * @param apps its apps; they change as they are created
 * @param dryRun whether nothing is done
 */
record ImportReport(MarathonSource.Contents contents, List<ImportedApp> apps, boolean dryRun) {
  private static final String WHOLE = "Pods are not carried over: Homeport runs apps only.";
  private static final String FOLDERS =
      "Groups are folders here: what else they say is not carried over.";

  /** Writes the plan. */
  void print(Session session) {
    Table table = new Table("APP", ">INSTANCES THERE", ">HERE", "WHAT");
    for (ImportedApp app : apps) {
      table.row(
          app.id(),
          Integer.toString(app.instances()),
          app.definition().path("instances").asString("0"),
          what(app));
    }
    session.print(table, "Marathon has no apps.");
    for (ImportedApp app : apps) {
      app.left()
          .forEach(loss -> session.print(app.id() + ": " + loss.path() + " " + lost(app, loss)));
      app.changed().forEach(changed -> session.print(app.id() + ": " + changed));
    }
    for (MarathonSource.Group group : contents.groups()) {
      session.print(group.id() + ": " + group.path() + " (" + group.found() + "). " + FOLDERS);
    }
    contents.pods().forEach(pod -> session.print(pod + ": a pod. " + WHOLE));
    if (dryRun) {
      session.print("Nothing was done (--dry-run).");
    }
  }

  private static String lost(ImportedApp app, ImportedApp.Loss loss) {
    return (app.hasFailed() ? "stands in the way: " : "is not carried over: ") + loss.why();
  }

  private static String what(ImportedApp app) {
    return switch (app.outcome()) {
      case CREATE, CREATED ->
          app.definition().path("instances").asInt(0) == 0 ? "create, suspended" : "create";
      case SAME -> "exists, the same";
      case DIFFERENT -> "exists, with another definition; left alone";
      case IMPOSSIBLE -> "cannot be created";
    };
  }

  /** Writes what was done. */
  void printOutcome(Session session) {
    long created =
        apps.stream().filter(app -> app.outcome() == ImportedApp.Outcome.CREATED).count();
    session.print(created + (created == 1 ? " app was created." : " apps were created."));
    apps.stream()
        .filter(ImportedApp::hasFailed)
        .forEach(app -> session.note("Not created: " + app.id()));
    if (apps.stream().anyMatch(ImportReport::waits)) {
      session.print(
          "Start an app with 'homeport apps scale APP N' once its instances in Marathon are"
              + " stopped.");
    }
  }

  private static boolean waits(ImportedApp app) {
    return app.outcome() == ImportedApp.Outcome.CREATED
        && app.definition().path("instances").asInt(0) == 0;
  }

  /** All of it, for programs. */
  JsonNode json() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("dryRun", dryRun);
    ArrayNode list = json.putArray("apps");
    for (ImportedApp app : apps) {
      ObjectNode entry = list.addObject();
      entry.put("id", app.id());
      entry.put("outcome", app.outcome().name().toLowerCase(Locale.ROOT));
      entry.put("instancesInMarathon", app.instances());
      entry.set("definition", app.definition());
      ArrayNode left = entry.putArray("notCarriedOver");
      app.left()
          .forEach(loss -> left.addObject().put("path", loss.path()).put("message", loss.why()));
      ArrayNode changed = entry.putArray("changed");
      app.changed().forEach(changed::add);
    }
    ArrayNode pods = json.putArray("pods");
    contents.pods().forEach(pods::add);
    ArrayNode groups = json.putArray("groups");
    contents
        .groups()
        .forEach(
            group ->
                groups
                    .addObject()
                    .put("id", group.id())
                    .put("path", group.path())
                    .put("found", group.found()));
    return json;
  }
}
