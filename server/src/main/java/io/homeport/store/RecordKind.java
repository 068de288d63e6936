package io.homeport.store;

import io.homeport.state.Change;
import io.homeport.state.SafeMode;
import java.util.Optional;

/**
 * The kinds of stored records, each with the word that stands for it on disk. Each record is the
 * whole of one thing, so that what is stored is the last change of everything there is.
 */
enum RecordKind {
  /** This installation's name; one record. */
  INSTALLATION("installation"),
  /** The present term; one record. */
  TERM("term"),
  /** The engine's name for us; one record. */
  FRAMEWORK("framework"),
  /** The safe mode, while it holds; one record. */
  SAFE_MODE("safe-mode"),
  /** One version of an app, by path, {@code @} and version. */
  APP("app"),
  /** An instance, by its id. */
  INSTANCE("instance"),
  /** A reservation with its volumes, by its id. */
  RESERVATION("reservation"),
  /** A deployment, by its id. */
  DEPLOYMENT("deployment"),
  /** An agent, by its id. */
  AGENT("agent"),
  /** The last failure of an app, by the app's path. */
  FAILURE("failure");

  private final String word;

  RecordKind(String word) {
    this.word = word;
  }

  /** What stands for it on disk. */
  String word() {
    return word;
  }

  /** The kind that a word stands for. */
  static Optional<RecordKind> of(String word) {
    for (RecordKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * The change that leads to a record, which must be about what its key says.
   *
   * @param kind the word on disk
   * @param key the key on disk
   * @param body the record
   * @param common what is known from other records
   * @throws MalformedRecordException when it is not understood; the message names the record
   */
  static Change.Stored decode(String kind, String key, String body, CommonValues common) {
    try {
      Change.Stored change =
          of(kind)
              .orElseThrow(() -> new MalformedRecordException("unknown kind of record"))
              .read(body, common);
      if (!RecordEdit.key(change).equals(key)) {
        throw new MalformedRecordException("it is about something else than its key says");
      }
      return change;
    } catch (MalformedRecordException e) {
      throw new MalformedRecordException(
          "record " + kind + " \"" + key + "\": " + e.getMessage(), e);
    }
  }

  /**
   * The change that leads to a record.
   *
   * @param body the record
   * @param common what is known from other records
   * @throws MalformedRecordException when the body is not of this kind
   */
  Change.Stored read(String body, CommonValues common) {
    return switch (this) {
      case INSTALLATION ->
          RecordReader.read(
              body, common, in -> new Change.InstallationNamed(in.id("installation")));
      case TERM -> RecordReader.read(body, common, in -> new Change.TermBegan(in.id("term")));
      case FRAMEWORK ->
          RecordReader.read(
              body, common, in -> new Change.FrameworkRegistered(in.id("frameworkId")));
      case SAFE_MODE ->
          RecordReader.read(
              body,
              common,
              in -> new Change.SafeModeBegan(new SafeMode(in.instant("since"), in.text("why"))));
      case APP -> new Change.AppPut(RecordReader.read(body, common, AppFormat::read));
      case INSTANCE ->
          new Change.InstancePut(RecordReader.read(body, common, InstanceFormat::read));
      case RESERVATION ->
          new Change.ReservationPut(RecordReader.read(body, common, ReservationFormat::read));
      case DEPLOYMENT ->
          new Change.DeploymentPut(RecordReader.read(body, common, DeploymentFormat::read));
      case AGENT ->
          new Change.AgentPut(RecordReader.read(body, common, ReservationFormat::readAgent));
      case FAILURE ->
          new Change.TaskFailed(RecordReader.read(body, common, InstanceFormat::readFailure));
    };
  }
}
