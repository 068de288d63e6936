package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import io.homeport.runtime.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code homeport state backup}: the server's committed state, in one file. */
@Command(
    name = "backup",
    description = {
      "Write the state of the running server to a file: what is committed at one moment.",
      "Only you may read the file, since environments of apps may hold secrets. A file of that name",
      "is replaced once the new one is complete. The data in volumes is not part of it."
    })
final class StateBackup extends ClientCommand {
  /** The last line: a word, a tab, the checksum in hexadecimal, a line end. */
  private static final int LAST_LINE = "sha256\t".length() + 64 + 1;

  @Parameters(paramLabel = "FILE", description = "Where to write it.")
  private Path file;

  @Override
  ExitStatus run(Session session) {
    try {
      PrivateFile.write(file, out -> download(session, out));
      long bytes = Files.size(file);
      if (session.json()) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        session.print(json.put("file", file.toString()).put("bytes", bytes));
      } else {
        session.print("The state is in " + file + " (" + Sizes.bytes((double) bytes) + ").");
      }
      return ExitStatus.OK;
    } catch (IOException failed) {
      throw new CommandFailure(
          ExitStatus.FAILED, "The back-up could not be written to " + file + ": " + failed);
    }
  }

  private static void download(Session session, OutputStream out) throws IOException {
    byte[] end = new byte[0];
    try (InputStream in = session.api().stream("/v2/state/backup", Map.of()).body()) {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        end = lastBytes(end, buffer, count);
      }
    }
    if (!new String(end, StandardCharsets.US_ASCII).startsWith("sha256\t")) {
      throw new IOException("the server's answer ended early; try again");
    }
  }

  private static byte[] lastBytes(byte[] before, byte[] buffer, int count) {
    byte[] all = new byte[before.length + count];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(buffer, 0, all, before.length, count);
    int from = Math.max(0, all.length - LAST_LINE);
    return java.util.Arrays.copyOfRange(all, from, all.length);
  }
}
