package io.homeport.benchmark.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class Table {
  private static final List<String> HEADER =
      List.of("figure", "min", "median", "max", "unit", "goal", "beside", "ratio");

  private Table() {}

  /**
   * The whole report.
   *
   * @param report what was measured
   */
  public static String of(Report report) {
    Machine machine = report.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %d cores, %.1f GiB, %s%n%s; seed %d, %d runs%s%n",
            machine.cpu(),
            machine.cores(),
            machine.memoryMib() / 1024.0,
            machine.system(),
            machine.jvm(),
            report.seed(),
            report.repeats(),
            report.size() == Conditions.Size.TINY
                ? ", at the least size: figures mean nothing"
                : ""));
    report
        .benchmarks()
        .forEach(measured -> text.append(System.lineSeparator()).append(of(measured)));
    return text.toString();
  }

  /**
   * One benchmark.
   *
   * @param measured what was measured
   */
  public static String of(Measured measured) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s: %s%n", measured.name(), measured.work()));
    if (!measured.figures().isEmpty()) {
      appendTable(text, measured.figures());
    }
    measured.failure().ifPresent(why -> text.append(String.format("  FAILED: %s%n", why)));
    text.append(
        String.format(
            Locale.ROOT,
            "  (%.0f s; load %.1f at the start; %s)%n",
            measured.seconds(),
            measured.load(),
            String.join(" ", measured.jvmFlags())));
    return text.toString();
  }

  private static void appendTable(StringBuilder text, List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    figures.forEach(figure -> addRows(figure, rows));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < widths.length; column++) {
        boolean isNumber = column >= 1 && column <= 3;
        String form = " %" + (isNumber ? "" : "-") + widths[column] + "s";
        line.append(
            String.format(Locale.ROOT, widths[column] == 0 ? " %s" : form, row.get(column)));
        line.append(' ');
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
  }

  private static void addRows(Figure figure, List<List<String>> rows) {
    List<String> own =
        new ArrayList<>(
            List.of(
                figure.name(),
                number(figure.spread().min()),
                number(figure.spread().median()),
                number(figure.spread().max()),
                figure.unit(),
                figure.goal().map(goal -> goal(goal, figure.spread().median(), "")).orElse("")));
    if (figure.beside().isEmpty()) {
      own.addAll(List.of("", ""));
      rows.add(own);
      return;
    }
    for (Beside other : figure.beside()) {
      List<String> row =
          own.isEmpty() ? new ArrayList<>(List.of("", "", "", "", "", "")) : new ArrayList<>(own);
      double ratio = figure.ratioTo(other);
      row.add(
          String.format(
              "%s: %s (%s to %s)",
              other.name(),
              number(other.spread().median()),
              number(other.spread().min()),
              number(other.spread().max())));
      row.add(
          number(ratio)
              + "x"
              + other.goal().map(goal -> ", goal " + goal(goal, ratio, "x")).orElse(""));
      rows.add(row);
      own.clear();
    }
  }

  private static String goal(Goal goal, double value, String unit) {
    String sign = goal.direction() == Goal.Direction.AT_LEAST ? ">= " : "<= ";
    return sign + number(goal.bound()) + unit + (goal.isMetBy(value) ? " met" : " MISSED");
  }

  /**
   * Three significant digits, and all digits before the point.
   *
   * @param value any number
   */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g", value);
  }
}
