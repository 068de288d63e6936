package io.homeport.api.definition;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one text, so that all of them can be told at once. */
final class Problems {
  /** A text can hold a problem in every few bytes; nobody reads more than these. */
  private static final int MOST_LISTED = 100;

  private final List<Problem> listed = new ArrayList<>();
  private int count;

  /**
   * Adds a problem, unless the same one is known already.
   *
   * @param path where it is
   * @param message what was expected and what was found
   */
  void add(FieldPath path, String message) {
    add(new Problem(path.toString(), message));
  }

  /**
   * Adds a problem, unless it is known already.
   *
   * @param problem the problem
   */
  void add(Problem problem) {
    if (listed.contains(problem)) {
      return;
    }
    count++;
    if (listed.size() < MOST_LISTED) {
      listed.add(problem);
    }
  }

  /** How many there are by now. */
  int count() {
    return count;
  }

  /** Whether further ones are only counted. */
  boolean isFull() {
    return listed.size() >= MOST_LISTED;
  }

  /**
   * Whether there is one at a place or inside of it.
   *
   * @param path the place
   */
  boolean within(FieldPath path) {
    String start = path.toString();
    return listed.stream()
        .map(Problem::path)
        .anyMatch(
            found ->
                found.startsWith(start)
                    && (found.length() == start.length()
                        || found.charAt(start.length()) == '/'
                        || found.charAt(start.length()) == '('));
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return count == 0;
  }

  /** The problems in the order in which they were found; a last one counts those left off. */
  List<Problem> listed() {
    if (count <= listed.size()) {
      return List.copyOf(listed);
    }
    List<Problem> all = new ArrayList<>(listed);
    all.add(
        new Problem(
            FieldPath.ROOT.toString(),
            "and " + (count - listed.size()) + " more problems that are not listed"));
    return all;
  }
}
