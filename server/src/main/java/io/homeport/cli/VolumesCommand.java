package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport volumes}: what can be done with persistent volumes. */
@Command(
    name = "volumes",
    description = "Look at volumes and their files, destroy and adopt them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      VolumesList.class,
      VolumesShow.class,
      VolumesFiles.class,
      VolumesCat.class,
      VolumesAdopt.class,
      VolumesDestroy.class
    })
final class VolumesCommand {}
