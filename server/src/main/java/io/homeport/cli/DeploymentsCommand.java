package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport deployments}: what can be done with deployments. */
@Command(
    name = "deployments",
    description = "Follow deployments, cancel and roll them back.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeploymentsList.class,
      DeploymentsShow.class,
      DeploymentsCancel.class,
      DeploymentsRollback.class
    })
final class DeploymentsCommand {}
