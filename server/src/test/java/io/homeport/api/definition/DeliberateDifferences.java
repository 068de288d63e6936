package io.homeport.api.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Where Homeport answers a definition otherwise than Marathon on purpose: the lines of {@code
 * deliberate-differences.tsv}, of which {@code docs/marathon.md} has a table.
 */
final class DeliberateDifferences {
  /** The differences in the order of the table. */
  static final List<Difference> ALL = read();

  private DeliberateDifferences() {}

  /**
   * One difference.
   *
   * @param id its name
   * @param recorded the lines of the recording that show what Marathon does, as {@code tape:line};
   *     empty when the recording has none
   * @param request what is asked for
   * @param marathon what Marathon does
   * @param homeport what Homeport does
   * @param reason why
   */
  record Difference(
      String id,
      List<String> recorded,
      String request,
      String marathon,
      String homeport,
      String reason) {
    private static Difference of(String line) {
      String[] cells = line.split("\t", -1);
      if (cells.length != 6) {
        throw new IllegalStateException("expected 6 cells, found " + cells.length + ": " + line);
      }
      List<String> recorded = cells[1].isEmpty() ? List.of() : List.of(cells[1].split(" "));
      return new Difference(cells[0], recorded, cells[2], cells[3], cells[4], cells[5]);
    }
  }

  /** The table in Markdown. */
  static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| Request | Marathon 1.11 | Homeport | Why |\n|---|---|---|---|\n");
    for (Difference difference : ALL) {
      table
          .append("| ")
          .append(
              String.join(
                  " | ",
                  List.of(
                      difference.request(),
                      difference.marathon(),
                      difference.homeport(),
                      difference.reason())))
          .append(" |\n");
    }
    return table.toString();
  }

  private static List<Difference> read() {
    try (InputStream lines =
        Objects.requireNonNull(
            DeliberateDifferences.class.getResourceAsStream("deliberate-differences.tsv"))) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(Difference::of)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
