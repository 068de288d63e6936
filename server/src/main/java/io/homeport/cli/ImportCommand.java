package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport import}: takes over what another system runs. */
@Command(
    name = "import",
    description = "Take over app definitions from another system.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ImportMarathon.class})
final class ImportCommand {}
