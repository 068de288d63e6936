package io.homeport.store;

import io.homeport.model.AppId;
import io.homeport.state.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /**
   * The edits of changes that are committed together, in order. Each record is the whole of one
   * thing, so of several edits of one only the last counts, and the others are left out.
   *
   * @param changes what happened, in order
   */
  static List<RecordEdit> of(List<Change.Stored> changes) {
    Set<Name> later = new HashSet<>();
    List<RecordEdit> edits = new ArrayList<>(changes.size());
    for (Change.Stored change : changes.reversed()) {
      RecordKind kind = kind(change);
      // Removing an app concerns all of its versions, so their order stays as it is.
      if (kind == RecordKind.APP || later.add(new Name(kind, key(change)))) {
        edits.addAll(of(change).reversed());
      }
    }
    return edits.reversed();
  }

  /** What one record is about. */
  record Name(RecordKind kind, String key) {}

  /** The edits of a change, in order. */
  static List<RecordEdit> of(Change.Stored change) {
    return switch (change) {
      case Change.InstallationNamed named ->
          put(
              change,
              RecordWriter.write(named, (out, it) -> out.text("installation", it.installation())));
      case Change.TermBegan began ->
          put(change, RecordWriter.write(began, (out, it) -> out.text("term", it.term())));
      case Change.FrameworkRegistered registered ->
          put(
              change,
              RecordWriter.write(
                  registered, (out, it) -> out.text("frameworkId", it.frameworkId())));
      case Change.SafeModeBegan began ->
          put(
              change,
              RecordWriter.write(
                  began.mode(),
                  (out, it) -> {
                    out.instant("since", it.since());
                    out.text("why", it.why());
                  }));
      case Change.SafeModeEnded _ -> remove(change);
      case Change.AppPut put -> put(change, RecordWriter.write(put.definition(), AppFormat::write));
      case Change.AppVersionRemoved _ -> remove(change);
      case Change.AppRemoved removed ->
          List.of(
              new RemoveAll(RecordKind.APP, prefix(removed.app())),
              new Remove(RecordKind.FAILURE, key(change)));
      case Change.InstancePut put ->
          put(change, RecordWriter.write(put.instance(), InstanceFormat::write));
      case Change.InstanceRemoved _ -> remove(change);
      case Change.ReservationPut put ->
          put(change, RecordWriter.write(put.reservation(), ReservationFormat::write));
      case Change.ReservationRemoved _ -> remove(change);
      case Change.DeploymentPut put ->
          put(change, RecordWriter.write(put.deployment(), DeploymentFormat::write));
      case Change.DeploymentRemoved _ -> remove(change);
      case Change.AgentPut put ->
          put(change, RecordWriter.write(put.agent(), ReservationFormat::writeAgent));
      case Change.AgentRemoved _ -> remove(change);
      case Change.TaskFailed failed ->
          put(change, RecordWriter.write(failed.failure(), InstanceFormat::writeFailure));
    };
  }

  /** The kind of the records that a change is about. */
  private static RecordKind kind(Change.Stored change) {
    return switch (change) {
      case Change.InstallationNamed _ -> RecordKind.INSTALLATION;
      case Change.TermBegan _ -> RecordKind.TERM;
      case Change.FrameworkRegistered _ -> RecordKind.FRAMEWORK;
      case Change.SafeModeBegan _, Change.SafeModeEnded _ -> RecordKind.SAFE_MODE;
      case Change.AppPut _, Change.AppVersionRemoved _, Change.AppRemoved _ -> RecordKind.APP;
      case Change.InstancePut _, Change.InstanceRemoved _ -> RecordKind.INSTANCE;
      case Change.ReservationPut _, Change.ReservationRemoved _ -> RecordKind.RESERVATION;
      case Change.DeploymentPut _, Change.DeploymentRemoved _ -> RecordKind.DEPLOYMENT;
      case Change.AgentPut _, Change.AgentRemoved _ -> RecordKind.AGENT;
      case Change.TaskFailed _ -> RecordKind.FAILURE;
    };
  }

  /**
   * The key of the record that a change is about; empty where there is only one of its kind. Of a
   * removed app it is the key of its last failure.
   */
  static String key(Change.Stored change) {
    return switch (change) {
      case Change.InstallationNamed _,
          Change.TermBegan _,
          Change.FrameworkRegistered _,
          Change.SafeModeBegan _,
          Change.SafeModeEnded _ ->
          "";
      case Change.AppPut put -> key(put.definition().id(), put.definition().version());
      case Change.AppVersionRemoved removed -> key(removed.app(), removed.version());
      case Change.AppRemoved removed -> removed.app().path();
      case Change.InstancePut put -> put.instance().id().value();
      case Change.InstanceRemoved removed -> removed.instance().value();
      case Change.ReservationPut put -> put.reservation().id().value();
      case Change.ReservationRemoved removed -> removed.reservation().value();
      case Change.DeploymentPut put -> put.deployment().id().value();
      case Change.DeploymentRemoved removed -> removed.deployment().value();
      case Change.AgentPut put -> put.agent().id().value();
      case Change.AgentRemoved removed -> removed.agent().value();
      case Change.TaskFailed failed -> failed.failure().appId().path();
    };
  }

  private static List<RecordEdit> put(Change.Stored change, String body) {
    return List.of(new Put(kind(change), key(change), body));
  }

  private static List<RecordEdit> remove(Change.Stored change) {
    return List.of(new Remove(kind(change), key(change)));
  }

  // An app's path has no "@", so no app's prefix begins another app's key.
  private static String prefix(AppId app) {
    return app.path() + "@";
  }

  private static String key(AppId app, Instant version) {
    return prefix(app) + version;
  }
}
