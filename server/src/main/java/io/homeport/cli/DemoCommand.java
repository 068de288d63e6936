package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.Names;
import io.homeport.cli.text.Terminal;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code homeport demo}: everything at once, for a first look, and nothing left of it afterwards.
 */
@Command(
    name = "demo",
    description = {
      "Show Homeport at work, and clean up afterwards.",
      "Starts a server with three local agents in a directory of its own, deploys the examples, and",
      "cleans up when ended with Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Terminal terminal = CommandTree.terminal(spec);
    CountDownLatch end = new CountDownLatch(1);
    try (DemoServer server = DemoServer.start(terminal)) {
      Thread hook = new Thread(() -> endOnSignal(server, terminal), "demo-end");
      Runtime.getRuntime().addShutdownHook(hook);
      server.awaitServing();
      URI url = server.url();
      Api api = new Api(url, Optional.empty());
      Session session = new Session(api, new Names(api), terminal, OutputFormat.TEXT);
      new DemoApps(session).deploy();
      tellWhatToTry(session, url);
      server.onExit(end::countDown);
      onInputEnd(end);
      end.await();
      if (server.hasFailed()) {
        throw new CommandFailure(
            ExitStatus.FAILED, "The server ended by itself.", server.lastLogLines());
      }
    }
    return ExitStatus.OK.number();
  }

  /** Runs when a signal ends this process, which goes on until everything is cleaned up. */
  private static void endOnSignal(DemoServer server, Terminal terminal) {
    if (server.isOpen()) {
      terminal.out().println();
      terminal.out().println("Ending all tasks and the server ...");
      server.close();
      terminal.out().println("All cleaned up.");
    }
  }

  /** A terminal that goes away, or Ctrl-D, ends the demo as well. */
  private static void onInputEnd(CountDownLatch end) {
    if (!isTerminal()) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("demo-input")
        .start(
            () -> {
              try {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException gone) {
                // the terminal went away: the same as its end
              }
              end.countDown();
            });
  }

  @SuppressWarnings("SystemConsoleNull") // there is none without standard streams
  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private static void tellWhatToTry(Session session, URI url) {
    String command = command();
    String environment = url.getPort() == 8080 ? "" : "HOMEPORT_URL=" + url + " ";
    session.print("");
    session.print("Homeport serves on " + url + "  -  end it with Ctrl-C, and nothing is left.");
    session.print("In another terminal, try:");
    for (String example :
        new String[] {
          "apps list                    what runs",
          "volumes list                 whose data is where",
          "logs -f notes                what tasks write",
          "tasks kill notes:0           it comes home, to its notes",
          "apps scale samson 1          the other volume stays, detached",
          "agents stop local-1          see who waits, and ...",
          "explain                      ... why; bring it back with 'agents activate local-1'",
          "apps destroy samson          asks first: this destroys data"
        }) {
      session.print("  " + environment + command + " " + example);
    }
  }

  private static String command() {
    return Optional.ofNullable(System.getProperty("homeport.launcher"))
        .map(launcher -> "./homeport")
        .orElse("homeport");
  }
}
