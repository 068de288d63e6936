package io.homeport.cli.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows under headings, with columns as wide as what is in them. On a terminal that is too narrow
 * the widest texts are cut, with an ellipsis; numbers are aligned right.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int NARROWEST = 6;
  private static final String CUT = "...";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param headings of the columns; one that starts with {@code >} is aligned right
   */
  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /**
   * Adds a row.
   *
   * @param cells one for each column; an empty one is shown as {@code -}
   */
  public void row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "expected " + headings.size() + " cells, found " + cells.length);
    }
    rows.add(List.of(cells).stream().map(cell -> cell.isEmpty() ? "-" : cell).toList());
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The lines of the table, headings first.
   *
   * @param width the columns there is room for; absent for as many as needed
   */
  public List<String> lines(OptionalInt width) {
    List<Integer> widths = widths();
    width.ifPresent(most -> shrink(widths, most));
    List<String> lines = new ArrayList<>();
    lines.add(line(headings.stream().map(Table::title).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static String title(String heading) {
    return heading.startsWith(">") ? heading.substring(1) : heading;
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < headings.size(); column++) {
      int widest = title(headings.get(column)).length();
      for (List<String> row : rows) {
        widest = Math.max(widest, row.get(column).length());
      }
      widths.add(widest);
    }
    return widths;
  }

  /** Takes from the widest column until all fit, or no column can give more. */
  private static void shrink(List<Integer> widths, int most) {
    int room = most - GAP.length() * (widths.size() - 1);
    while (widths.stream().mapToInt(Integer::intValue).sum() > room) {
      int widest = Collections.max(widths);
      if (widest <= NARROWEST) {
        return;
      }
      widths.set(widths.indexOf(widest), widest - 1);
    }
  }

  private String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cut(cells.get(column), widths.get(column));
      String blanks = " ".repeat(widths.get(column) - cell.length());
      line.append(column == 0 ? "" : GAP);
      line.append(headings.get(column).startsWith(">") ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  /** Ids differ at their ends, so they are cut in the middle; texts are cut at the end. */
  private static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int kept = width - CUT.length();
    if (text.contains(" ")) {
      return text.substring(0, kept) + CUT;
    }
    int head = kept / 2;
    return text.substring(0, head) + CUT + text.substring(text.length() - (kept - head));
  }
}
