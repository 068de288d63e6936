package io.homeport.cli;

import io.homeport.cli.text.Terminal;
import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
    name = "homeport",
    description = "Runs stateful applications: tasks always come home to their data.",
    subcommandsRepeatable = false,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit status:%n",
    footer = {
      "   0  done",
      "   1  failed",
      "   2  the command line was not understood",
      "   3  not found",
      "   4  in conflict with something under way",
      "   5  the input is not valid",
      "   6  not allowed: no token, or the wrong one",
      "   7  a short name stands for several things",
      "   8  not confirmed",
      "  69  no server answers, or it cannot serve now"
    })
final class HomeportCommand {
  private final Terminal terminal;

  /**
   * The root.
   *
   * @param terminal where all commands read and write
   */
  HomeportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Where all commands read and write. */
  Terminal terminal() {
    return terminal;
  }
}
