package io.homeport.api.definition;

import io.homeport.model.AppId;
import java.util.List;
import java.util.Optional;

/** Marathon's rules for ids of apps, told one by one. */
final class AppIds {
  /** What the REST API has below an app, so an app cannot be called it. */
  private static final List<String> RESERVED = List.of("restart", "tasks", "versions", ".", "..");

  /**
   * Ids of tasks are made from those of apps, and name directories, whose names have at most 255
   * bytes.
   */
  private static final int LONGEST = 180;

  private AppIds() {}

  /**
   * Reads an id; a relative one is one in the root folder.
   *
   * @param text the id as it was sent
   * @param path where it stands
   * @param problems takes what is wrong
   */
  static Optional<AppId> read(String text, FieldPath path, Problems problems) {
    Optional<String> problem = problem(text);
    if (problem.isPresent()) {
      problems.add(path, problem.get());
      return Optional.empty();
    }
    return Optional.of(new AppId(absolute(text)));
  }

  /**
   * Whether an id in a body may stand for the app that a request names: it is the same, or, being
   * relative, its end.
   *
   * @param text the id in the body
   * @param app the app of the request
   */
  static boolean mayMean(String text, AppId app) {
    return absolute(text).equals(app.path())
        || (!text.startsWith("/") && app.path().endsWith("/" + text));
  }

  private static String absolute(String text) {
    return text.startsWith("/") ? text : "/" + text;
  }

  private static Optional<String> problem(String text) {
    String path = absolute(text);
    if (text.isEmpty() || path.equals("/")) {
      return Optional.of("must not be root: expected an id such as /sesame/samson");
    }
    List<String> segments = List.of(path.substring(1).split("/", -1));
    if (segments.stream().anyMatch(String::isEmpty)) {
      return Optional.of(
          "got " + Found.quoted(text) + ": must not have an empty part between or after slashes");
    }
    if (RESERVED.contains(segments.getLast())) {
      return Optional.of(
          "must not end with any of the following reserved keywords: "
              + String.join(", ", RESERVED));
    }
    if (segments.contains(".") || segments.contains("..")) {
      return Optional.of(
          "got " + Found.quoted(text) + ": must not contain \".\" or \"..\" as a part");
    }
    if (!segments.stream().allMatch(AppId::isValidSegment)) {
      return Optional.of(
          "got "
              + Found.quoted(text)
              + ": each part may have lower-case letters, digits, hyphens and dots only, and must"
              + " start and end with a letter or digit");
    }
    if (path.length() > LONGEST) {
      return Optional.of("has " + path.length() + " characters, expected " + LONGEST + " or fewer");
    }
    return Optional.empty();
  }
}
