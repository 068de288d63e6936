package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport tasks}: what can be done with tasks. */
@Command(
    name = "tasks",
    description = "Look at tasks and end them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TasksList.class, TasksKill.class})
final class TasksCommand {}
