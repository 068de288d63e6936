package io.homeport.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values, one a line, with the values under each other. */
final class Facts {
  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * Adds a fact; an empty value is left out.
   *
   * @param name what it is
   * @param value the value
   */
  Facts add(String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, value);
    }
    return this;
  }

  /**
   * Writes them.
   *
   * @param session where
   */
  void print(Session session) {
    int widest = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach(
        (name, value) -> session.print(name + " ".repeat(widest - name.length() + 2) + value));
  }
}
