package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport state}: the stored state as a whole. */
@Command(
    name = "state",
    description = {
      "Back up and restore the state of the server: apps, instances, and where their volumes are.",
      "The data in volumes is not part of it."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StateBackup.class, StateShow.class, StateResume.class})
final class StateCommand {}
