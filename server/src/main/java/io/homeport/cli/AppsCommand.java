package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport apps}: what can be done with apps. */
@Command(
    name = "apps",
    description = "Create, change and look at apps.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AppsList.class,
      AppsShow.class,
      AppsCreate.class,
      AppsUpdate.class,
      AppsScale.class,
      AppsRestart.class,
      AppsSuspend.class,
      AppsDestroy.class,
      AppsVersions.class,
      AppsRollback.class,
      AppsRetry.class
    })
final class AppsCommand {}
