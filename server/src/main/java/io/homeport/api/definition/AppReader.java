package io.homeport.api.definition;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads app definitions as Marathon 1.11 accepts them, from the JSON of {@code POST /v2/apps} and
 * of complete replacements. All problems of a definition are found in one go.
 */
public final class AppReader {
  private AppReader() {}

  /**
   * Reads a new app.
   *
   * @param body the app object, with its id
   * @param context the role of the server
   */
  public static Reading read(JsonNode body, Context context) {
    return read(body, FieldPath.ROOT, Optional.empty(), Optional.empty(), context);
  }

  /**
   * Reads an app whose id is known.
   *
   * @param body the app object; an id in it must mean the same app
   * @param id the app
   * @param context the role of the server
   */
  public static Reading read(JsonNode body, AppId id, Context context) {
    return read(body, FieldPath.ROOT, Optional.of(id), Optional.empty(), context);
  }

  /**
   * Reads an app.
   *
   * @param body the app object
   * @param path where it stands
   * @param id the app, when the request names it
   * @param before what the app is now, when it exists: changes that its volumes forbid are problems
   * @param context the role of the server
   */
  static Reading read(
      JsonNode body,
      FieldPath path,
      Optional<AppId> id,
      Optional<AppDefinition> before,
      Context context) {
    Problems problems = new Problems();
    return Fields.of(body, path, problems)
        .map(fields -> new DefinitionReader(fields, context, before).read(id))
        .orElseGet(() -> new Reading(Optional.empty(), problems.listed(), List.of()));
  }
}
