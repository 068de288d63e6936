package io.homeport.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marathon's label selectors: {@code key}, {@code key==value}, {@code key!=value}, {@code key in
 * (a, b)}, {@code key notin (a, b)}, several separated by commas, all of which must hold.
 */
final class LabelSelector {
  private static final String WORD = "[A-Za-z0-9_./-]+";
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*(" + WORD + ")\\s*(==|!=)\\s*(" + WORD + ")\\s*");
  private static final Pattern SET =
      Pattern.compile(
          "\\s*("
              + WORD
              + ")\\s+(in|notin)\\s*\\(\\s*("
              + WORD
              + "(?:\\s*,\\s*"
              + WORD
              + ")*)\\s*\\)\\s*");
  private static final Pattern EXISTENCE = Pattern.compile("\\s*(" + WORD + ")\\s*");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private LabelSelector() {}

  /**
   * Reads a selector.
   *
   * @param text the selector
   * @throws ApiException when it is none
   */
  static Predicate<Map<String, String>> parse(String text) {
    Predicate<Map<String, String>> all = labels -> true;
    for (String part : parts(text)) {
      all = all.and(part(part, text));
    }
    return all;
  }

  /** The parts between commas that are not inside of parentheses. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(begin, at));
        begin = at + 1;
      }
    }
    parts.add(text.substring(begin));
    return parts;
  }

  private static Predicate<Map<String, String>> part(String part, String text) {
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      boolean equal = equality.group(2).equals("==");
      String key = equality.group(1);
      String value = equality.group(3);
      return labels -> labels.containsKey(key) && value.equals(labels.get(key)) == equal;
    }
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      List<String> values = List.of(COMMA.split(set.group(3)));
      boolean in = set.group(2).equals("in");
      String key = set.group(1);
      return labels -> labels.containsKey(key) && values.contains(labels.get(key)) == in;
    }
    Matcher existence = EXISTENCE.matcher(part);
    if (existence.matches()) {
      String key = existence.group(1);
      return labels -> labels.containsKey(key);
    }
    throw ApiException.of(
        422,
        "invalid",
        "Can not parse label selector "
            + text
            + ". Expected for example tier==front,"
            + " tier!=front, tier in (front, back), or tier.");
  }
}
