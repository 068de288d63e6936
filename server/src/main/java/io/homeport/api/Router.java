package io.homeport.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the resource for a path. Ids of apps are paths themselves, in the middle of Marathon's
 * URIs, so a place {@code {app...}} in a route stands for one or more segments. Empty segments do
 * not count: {@code /v2/apps//sesame/samson} is what Marathon's clients send.
 */
final class Router {
  private final List<Route> routes = new ArrayList<>();

  /** Answers requests. */
  interface Handler {
    /** Answers one. */
    Answer handle(Request request);
  }

  private record Route(String method, List<String> pattern, Handler handler) {}

  /**
   * What was found.
   *
   * @param handler answers the request
   * @param parameters what stood in the route's places
   */
  record Match(Handler handler, Map<String, String> parameters) {}

  void on(String method, String pattern, Handler handler) {
    routes.add(new Route(method, segments(pattern), handler));
  }

  /** Every route, as {@code METHOD /path}, in the order they were added. */
  List<String> routes() {
    return routes.stream()
        .map(route -> route.method() + " /" + String.join("/", route.pattern()))
        .toList();
  }

  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /**
   * The first route for a request, in the order they were added.
   *
   * @param method the HTTP method
   * @param path the decoded path
   * @throws ApiException when there is no such path, or not with this method
   */
  Match find(String method, String path) {
    List<String> segments = segments(path);
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> parameters = new TreeMap<>();
      if (matches(route.pattern(), 0, segments, 0, parameters)) {
        if (route.method().equals(method)
            || (method.equals("HEAD") && route.method().equals("GET"))) {
          return new Match(route.handler(), parameters);
        }
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw ApiException.of(404, "uri_unknown", "URI not found: " + path);
    }
    throw ApiException.of(
        405,
        "method_not_allowed",
        method + " is not possible here; possible: " + String.join(", ", allowed));
  }

  private static boolean matches(
      List<String> pattern,
      int at,
      List<String> segments,
      int from,
      Map<String, String> parameters) {
    if (at == pattern.size()) {
      return from == segments.size();
    }
    Optional<String> name = place(pattern.get(at));
    if (name.isEmpty()) {
      return from < segments.size()
          && segments.get(from).equals(pattern.get(at))
          && matches(pattern, at + 1, segments, from + 1, parameters);
    }
    boolean many = name.get().endsWith("...");
    String key = many ? name.get().substring(0, name.get().length() - 3) : name.get();
    int longest = many ? segments.size() : Math.min(segments.size(), from + 1);
    for (int to = from + 1; to <= longest; to++) {
      if (matches(pattern, at + 1, segments, to, parameters)) {
        parameters.put(key, String.join("/", segments.subList(from, to)));
        return true;
      }
    }
    return false;
  }

  private static Optional<String> place(String segment) {
    return segment.startsWith("{")
        ? Optional.of(segment.substring(1, segment.length() - 1))
        : Optional.empty();
  }
}
