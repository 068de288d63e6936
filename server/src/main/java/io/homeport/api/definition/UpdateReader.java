package io.homeport.api.definition;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads changes of apps: {@code PUT} and {@code PATCH /v2/apps/{id}} and {@code /v2/apps}. What the
 * volumes of an app forbid is among the problems, so that the client learns of it with everything
 * else; the scheduler enforces it once more.
 */
public final class UpdateReader {
  private UpdateReader() {}

  /** How a body is meant. */
  public enum Kind {
    /** Fields that are absent stay as they are ({@code partialUpdate=true}, Marathon's default). */
    PARTIAL,
    /** The body is the whole definition; fields that are absent get their defaults. */
    COMPLETE
  }

  /**
   * Reads a change of one app.
   *
   * @param body the body of the request
   * @param id the app that the request names
   * @param current what the app is now; absent when it does not exist, and is to be created
   * @param kind how the body is meant
   * @param context the role of the server
   */
  public static Update read(
      JsonNode body, AppId id, Optional<AppDefinition> current, Kind kind, Context context) {
    return read(body, FieldPath.ROOT, id, current, kind, context);
  }

  /**
   * Reads a change of several apps, all or none.
   *
   * @param body the body of the request: an array of apps with their ids
   * @param current what an app is now
   * @param kind how the entries are meant
   * @param context the role of the server
   */
  public static BulkReading readAll(
      JsonNode body, Function<AppId, Optional<AppDefinition>> current, Kind kind, Context context) {
    Problems problems = new Problems();
    if (!body.isArray()) {
      problems.add(FieldPath.ROOT, "expected an array of apps, found " + Found.describe(body));
      return new BulkReading(List.of(), problems.listed());
    }
    List<NamedUpdate> updates = new ArrayList<>();
    Map<AppId, Integer> positions = new HashMap<>();
    for (int position = 0; position < body.size(); position++) {
      FieldPath path = FieldPath.ROOT.item(position);
      Optional<AppId> id = id(body.get(position), path, problems);
      if (id.isEmpty()) {
        continue;
      }
      Integer earlier = positions.putIfAbsent(id.get(), position);
      if (earlier != null) {
        problems.add(path.field("id"), "entry (" + earlier + ") is for " + id.get() + " too");
      }
      Update update =
          read(body.get(position), path, id.get(), current.apply(id.get()), kind, context);
      if (update instanceof Update.Definition(Reading reading)) {
        reading.problems().forEach(problems::add);
      }
      updates.add(new NamedUpdate(id.get(), update));
    }
    return problems.isEmpty()
        ? new BulkReading(List.copyOf(updates), List.of())
        : new BulkReading(List.of(), problems.listed());
  }

  private static Optional<AppId> id(JsonNode entry, FieldPath path, Problems problems) {
    Optional<Fields> fields = Fields.of(entry, path, problems);
    fields.ifPresent(app -> app.require("id", "the id of the app"));
    return fields.flatMap(
        app -> app.text("id").flatMap(text -> AppIds.read(text, app.path("id"), problems)));
  }

  private static Update read(
      JsonNode body,
      FieldPath path,
      AppId id,
      Optional<AppDefinition> current,
      Kind kind,
      Context context) {
    if (!body.isObject() || current.isEmpty()) {
      return new Update.Definition(
          AppReader.read(body, path, Optional.of(id), Optional.empty(), context));
    }
    AppDefinition before = current.get();
    Context inRole = context.keepingRole(before.role());
    if (kind == Kind.COMPLETE) {
      return new Update.Definition(AppReader.read(body, path, Optional.of(id), current, inRole));
    }
    if (isRollback(body)) {
      return rollback(body, path, id);
    }
    Reading reading =
        AppReader.read(Merge.of(before, body), path, Optional.of(id), current, inRole);
    return new Update.Definition(
        versionProblem(body, path, before).map(problem -> plus(reading, problem)).orElse(reading));
  }

  private static boolean isRollback(JsonNode body) {
    return body.hasNonNull("version")
        && body.propertyStream()
            .allMatch(
                field ->
                    field.getKey().equals("version")
                        || field.getKey().equals("id")
                        || field.getValue().isNull());
  }

  private static Update rollback(JsonNode body, FieldPath path, AppId id) {
    Problems problems = new Problems();
    Fields fields = Fields.of(body, path, problems).orElseThrow();
    Optional<String> named = fields.text("id");
    if (named.isPresent() && !AppIds.mayMean(named.get(), id)) {
      fields.problem("id", "got " + Found.quoted(named.get()) + ", but the request is for " + id);
    }
    Optional<Instant> version = fields.text("version").flatMap(text -> version(text, fields));
    if (version.isPresent() && problems.isEmpty()) {
      return new Update.Rollback(version.get());
    }
    return new Update.Definition(new Reading(Optional.empty(), problems.listed(), List.of()));
  }

  private static Optional<Instant> version(String text, Fields fields) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      fields.problem(
          "version",
          "expected a version such as 2026-01-31T09:30:00.000Z, found " + Found.quoted(text));
      return Optional.empty();
    }
  }

  /**
   * A version beside other fields is either an app that was read and is sent back changed, or a
   * rollback and a change at once, which cannot be. The former has the current version, or is
   * whole.
   */
  private static Optional<Problem> versionProblem(
      JsonNode body, FieldPath path, AppDefinition current) {
    boolean sentBack =
        !body.hasNonNull("version")
            || body.has("versionInfo")
            || body.path("version").asString("").equals(AppWriter.version(current.version()));
    return sentBack
        ? Optional.empty()
        : Optional.of(
            new Problem(
                path.field("version").toString(),
                "The 'version' field may only be combined with the 'id' field."));
  }

  private static Reading plus(Reading reading, Problem problem) {
    List<Problem> problems = new ArrayList<>(reading.problems());
    problems.add(problem);
    return new Reading(Optional.empty(), List.copyOf(problems), List.of());
  }
}
