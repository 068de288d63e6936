package io.homeport.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    Table table = new Table("APP", ">SIZE", "NOTE");
    table.row("/sesame/samson", "10 MiB", "all is well");
    table.row("/b", "1.5 GiB", "");
    return table;
  }

  @Test
  void columnsAreAsWideAsWhatIsInThem() {
    assertThat(table().lines(OptionalInt.empty()))
        .containsExactly(
            "APP                SIZE  NOTE",
            "/sesame/samson   10 MiB  all is well",
            "/b              1.5 GiB  -");
  }

  @Test
  void onANarrowTerminalTheWidestColumnsAreCut() {
    assertThat(table().lines(OptionalInt.of(29)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(29))
        .contains("/se...son   10 MiB  all is...");
  }

  @Test
  void columnsStayLegibleHoweverNarrowTheTerminal() {
    assertThat(table().lines(OptionalInt.of(5)).get(1)).isEqualTo("/...on  10 MiB  all...");
  }

  @Test
  void aRowHasAsManyCellsAsTheTableHasColumns() {
    Table table = table();
    assertThatThrownBy(() -> table.row("one")).hasMessage("expected 3 cells, found 1");
  }
}
