package io.homeport.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The absolute path of an application, such as {@code /sesame/samson}.
 *
 * <p>Each segment is a Marathon path segment: lower-case letters, digits, dots and hyphens, neither
 * starting nor ending with a hyphen or dot. Segments never contain an underscore, which is what
 * makes {@link #safePath()} reversible.
 *
 * @param path the absolute path, starting with a slash and not ending with one
 */
public record AppId(String path) implements Comparable<AppId> {
  /** Checks the shape; the API reports the same rule with a JSON path before it comes to this. */
  public AppId {
    if (!isValid(path)) {
      throw new IllegalArgumentException("not an absolute app id: " + path);
    }
  }

  /**
   * Whether the text is an absolute id of at least one valid segment.
   *
   * @param path any text
   */
  public static boolean isValid(String path) {
    if (!path.startsWith("/") || path.length() < 2 || path.endsWith("/")) {
      return false;
    }
    int begin = 1;
    for (int end = path.indexOf('/', begin); end >= 0; end = path.indexOf('/', begin)) {
      if (!isValidSegment(path, begin, end)) {
        return false;
      }
      begin = end + 1;
    }
    return isValidSegment(path, begin, path.length());
  }

  /**
   * Whether the text may stand between two slashes of an id.
   *
   * @param segment any text
   */
  public static boolean isValidSegment(String segment) {
    return isValidSegment(segment, 0, segment.length());
  }

  /**
   * Labels with dots between them, none of which is empty or begins or ends with a hyphen. Ids are
   * read from other ids all the time, so this is done by hand rather than by a regular expression.
   */
  private static boolean isValidSegment(String text, int begin, int end) {
    boolean afterAlphanumeric = false;
    for (int index = begin; index < end; index++) {
      char c = text.charAt(index);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean insideLabel = index > begin && text.charAt(index - 1) != '.';
      boolean joins = c == '.' ? afterAlphanumeric : c == '-' && insideLabel;
      if (!alphanumeric && !joins) {
        return false;
      }
      afterAlphanumeric = alphanumeric;
    }
    return afterAlphanumeric;
  }

  /** The segments, outermost folder first; the last is the app's own name. */
  public List<String> segments() {
    return List.of(path.substring(1).split("/"));
  }

  /** The id as one word, as Marathon writes it in task and volume ids: {@code sesame_samson}. */
  public String safePath() {
    return path.substring(1).replace('/', '_');
  }

  /**
   * The inverse of {@link #safePath()}.
   *
   * @param safePath an id as one word
   * @throws IllegalArgumentException when it is no such word
   */
  public static AppId fromSafePath(String safePath) {
    return new AppId("/" + safePath.replace('_', '/'));
  }

  /** The folders that hold this app, outermost ("/") first. */
  public List<String> folders() {
    List<String> folders = new ArrayList<>();
    folders.add("/");
    StringBuilder folder = new StringBuilder();
    List<String> segments = segments();
    for (String segment : segments.subList(0, segments.size() - 1)) {
      folders.add(folder.append('/').append(segment).toString());
    }
    return folders;
  }

  @Override
  public int compareTo(AppId other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
