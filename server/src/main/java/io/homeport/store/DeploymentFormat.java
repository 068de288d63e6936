package io.homeport.store;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How deployments are stored. The names here, and their order, are on users' disks: they never
 * change.
 */
final class DeploymentFormat {
  private DeploymentFormat() {}

  /** An app and what it was before the deployment. */
  private record Original(AppId app, Optional<AppDefinition> definition) {}

  static void write(RecordWriter out, Deployment deployment) {
    out.text("id", deployment.id().value());
    out.instant("version", deployment.version());
    out.objects("steps", deployment.steps(), DeploymentFormat::writeStep);
    out.integer("currentStep", deployment.currentStep());
    out.objects("originals", originals(deployment), DeploymentFormat::writeOriginal);
    out.instant("startedAt", deployment.startedAt());
  }

  static Deployment read(RecordReader in) {
    return new Deployment(
        new DeploymentId(in.id("id")),
        in.instant("version"),
        in.objects("steps", DeploymentFormat::readStep),
        in.integer("currentStep"),
        byApp(in.objects("originals", DeploymentFormat::readOriginal)),
        in.instant("startedAt"));
  }

  private static List<Original> originals(Deployment deployment) {
    return deployment.originals().entrySet().stream()
        .map(
            (Map.Entry<AppId, Optional<AppDefinition>> entry) ->
                new Original(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static SortedMap<AppId, Optional<AppDefinition>> byApp(List<Original> originals) {
    SortedMap<AppId, Optional<AppDefinition>> byApp = new TreeMap<>();
    originals.forEach(original -> byApp.put(original.app(), original.definition()));
    return Collections.unmodifiableSortedMap(byApp);
  }

  private static void writeOriginal(RecordWriter out, Original original) {
    out.text("app", original.app().path());
    out.object("definition", original.definition(), AppFormat::write);
  }

  private static Original readOriginal(RecordReader in) {
    return new Original(in.app("app"), in.optionalObject("definition", AppFormat::read));
  }

  private static void writeStep(RecordWriter out, Deployment.Step step) {
    out.objects("actions", step.actions(), DeploymentFormat::writeAction);
  }

  private static Deployment.Step readStep(RecordReader in) {
    return new Deployment.Step(in.objects("actions", DeploymentFormat::readAction));
  }

  private static void writeAction(RecordWriter out, Deployment.Action action) {
    out.constant("kind", action.kind());
    out.text("app", action.app().path());
  }

  private static Deployment.Action readAction(RecordReader in) {
    return new Deployment.Action(in.constant("kind", Deployment.Kind.class), in.app("app"));
  }
}
