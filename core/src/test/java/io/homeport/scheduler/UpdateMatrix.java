package io.homeport.scheduler;

import io.homeport.model.Condition;
import io.homeport.model.TaskState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table {@code task-updates.txt}: what is known of a task before and after each update. */
final class UpdateMatrix {
  private static final Map<String, String> SHORT =
      Map.of("UNREACH", "UNREACHABLE", "BY_OP", "GONE_BY_OPERATOR");

  private UpdateMatrix() {}

  /** What an engine may report: a state and, where that decides, the reason. */
  record Report(String name, TaskState state, String reason) {
    private static Report of(String name) {
      return switch (name) {
        case "LOST_AGENT" -> new Report(name, TaskState.TASK_LOST, "REASON_AGENT_REMOVED");
        case "LOST_TASK" -> new Report(name, TaskState.TASK_LOST, "REASON_EXECUTOR_TERMINATED");
        default -> new Report(name, TaskState.valueOf("TASK_" + name), "");
      };
    }
  }

  /**
   * One cell.
   *
   * @param before what is known of the task
   * @param heard what the engine reports
   * @param after what is known then
   */
  record Cell(Condition before, Report heard, Condition after) {
    boolean isNews() {
      return before != after;
    }
  }

  static List<Cell> cells() {
    List<String> rows =
        text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    List<Report> columns = words(rows.getFirst()).stream().skip(1).map(Report::of).toList();
    List<Cell> cells = new ArrayList<>();
    for (String row : rows.subList(1, rows.size())) {
      List<String> words = words(row);
      Condition before = condition(words.getFirst());
      for (int column = 0; column < columns.size(); column++) {
        String word = words.get(column + 1);
        Condition after = word.equals(".") ? before : condition(word);
        cells.add(new Cell(before, columns.get(column), after));
      }
    }
    return cells;
  }

  private static List<String> words(String row) {
    return List.of(row.strip().split(" +"));
  }

  private static Condition condition(String word) {
    return Condition.valueOf(SHORT.getOrDefault(word, word));
  }

  private static String text() {
    try (InputStream table =
        Objects.requireNonNull(UpdateMatrix.class.getResourceAsStream("task-updates.txt"))) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
