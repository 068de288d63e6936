package io.homeport.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The differences between Homeport's and Marathon's answers that are meant to be: {@code
 * differences.tsv} has a line for each row of the table in {@code docs/marathon.md}, and below it
 * the differences that it stands for, as regular expressions, indented by a tab.
 */
final class ListedDifferences {
  private final Map<Pattern, String> rowByPattern = new LinkedHashMap<>();
  private final List<String> rows = new ArrayList<>();

  ListedDifferences() {
    String row = "";
    for (String line : read().lines().toList()) {
      if (line.startsWith("\t")) {
        rowByPattern.put(Pattern.compile(line.strip()), row);
      } else {
        row = line;
        rows.add(line);
      }
    }
  }

  private static String read() {
    try (InputStream file =
        Objects.requireNonNull(
            ListedDifferences.class.getResourceAsStream("recordings/differences.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The expression that a difference is listed under. */
  Optional<Pattern> listed(String difference) {
    return rowByPattern.keySet().stream()
        .filter(pattern -> pattern.matcher(difference).matches())
        .findFirst();
  }

  /** All expressions. */
  List<Pattern> patterns() {
    return List.copyOf(rowByPattern.keySet());
  }

  /** The table in Markdown. */
  String table() {
    StringBuilder table = new StringBuilder("| Marathon 1.11 | Homeport | Why |\n|---|---|---|\n");
    rows.forEach(
        row -> table.append("| ").append(String.join(" | ", row.split("\t", -1))).append(" |\n"));
    return table.toString();
  }
}
