package io.homeport.store;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.state.Change;
import java.time.Instant;
import java.util.List;

/** What a change does to the stored records. */
sealed interface RecordEdit {
  /** A record is as given. */
  record Put(RecordKind kind, String key, String body) implements RecordEdit {}

  /** A record is gone. */
  record Remove(RecordKind kind, String key) implements RecordEdit {}

  /** All records are gone whose keys begin so. */
  record RemoveAll(RecordKind kind, String prefix) implements RecordEdit {
    /** The first key, in the order of characters, behind all that begin so. */
    String end() {
      int last = prefix.length() - 1;
      return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
  }

  /** The edits of a change, in order. */
  static List<RecordEdit> of(Change.Stored change) {
    return switch (change) {
      case Change.InstallationNamed named ->
          put(
              RecordKind.INSTALLATION,
              "",
              RecordWriter.write(named, (out, it) -> out.text("installation", it.installation())));
      case Change.TermBegan began ->
          put(
              RecordKind.TERM,
              "",
              RecordWriter.write(began, (out, it) -> out.text("term", it.term())));
      case Change.FrameworkRegistered registered ->
          put(
              RecordKind.FRAMEWORK,
              "",
              RecordWriter.write(
                  registered, (out, it) -> out.text("frameworkId", it.frameworkId())));
      case Change.SafeModeBegan began ->
          put(
              RecordKind.SAFE_MODE,
              "",
              RecordWriter.write(
                  began.mode(),
                  (out, it) -> {
                    out.instant("since", it.since());
                    out.text("why", it.why());
                  }));
      case Change.SafeModeEnded _ -> remove(RecordKind.SAFE_MODE, "");
      case Change.AppPut put -> of(put.definition());
      case Change.AppVersionRemoved removed ->
          remove(RecordKind.APP, key(removed.app(), removed.version()));
      case Change.AppRemoved removed ->
          List.of(
              new RemoveAll(RecordKind.APP, prefix(removed.app())),
              new Remove(RecordKind.FAILURE, removed.app().path()));
      case Change.InstancePut put ->
          put(
              RecordKind.INSTANCE,
              put.instance().id().value(),
              RecordWriter.write(put.instance(), InstanceFormat::write));
      case Change.InstanceRemoved removed ->
          remove(RecordKind.INSTANCE, removed.instance().value());
      case Change.ReservationPut put ->
          put(
              RecordKind.RESERVATION,
              put.reservation().id().value(),
              RecordWriter.write(put.reservation(), ReservationFormat::write));
      case Change.ReservationRemoved removed ->
          remove(RecordKind.RESERVATION, removed.reservation().value());
      case Change.DeploymentPut put ->
          put(
              RecordKind.DEPLOYMENT,
              put.deployment().id().value(),
              RecordWriter.write(put.deployment(), DeploymentFormat::write));
      case Change.DeploymentRemoved removed ->
          remove(RecordKind.DEPLOYMENT, removed.deployment().value());
      case Change.AgentPut put ->
          put(
              RecordKind.AGENT,
              put.agent().id().value(),
              RecordWriter.write(put.agent(), ReservationFormat::writeAgent));
      case Change.AgentRemoved removed -> remove(RecordKind.AGENT, removed.agent().value());
      case Change.TaskFailed failed ->
          put(
              RecordKind.FAILURE,
              failed.failure().appId().path(),
              RecordWriter.write(failed.failure(), InstanceFormat::writeFailure));
    };
  }

  private static List<RecordEdit> of(AppDefinition app) {
    return put(
        RecordKind.APP, key(app.id(), app.version()), RecordWriter.write(app, AppFormat::write));
  }

  private static List<RecordEdit> put(RecordKind kind, String key, String body) {
    return List.of(new Put(kind, key, body));
  }

  private static List<RecordEdit> remove(RecordKind kind, String key) {
    return List.of(new Remove(kind, key));
  }

  // An app's path has no "@", so no app's prefix begins another app's key.
  private static String prefix(AppId app) {
    return app.path() + "@";
  }

  private static String key(AppId app, Instant version) {
    return prefix(app) + version;
  }
}
