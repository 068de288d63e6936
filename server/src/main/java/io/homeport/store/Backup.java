package io.homeport.store;

import io.homeport.runtime.Snapshot;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import io.homeport.state.Replay;
import io.homeport.state.Restoration;
import io.homeport.store.RecordFormat.StoredRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A back-up: one file of lines that says itself what it is. The first line is JSON, a {@link
 * Header}; then comes a line for each record, of kind, key and body with tabs between, in the form
 * of the stores; the last one is {@code sha256}, a tab, and the checksum of all bytes before it. It
 * is on users' disks: what a version number stands for never changes.
 *
 * @param header what it says of itself
 * @param state the state it holds
 */
public record Backup(BackupHeader header, DurableState state) {
  private static final String CHECKSUM = "sha256\t";

  /**
   * Writes a back-up of a committed state.
   *
   * @param snapshot the state
   * @param homeport the version of Homeport that writes it
   * @param out where to; not closed by this
   * @throws IOException when it cannot be written
   */
  public static void write(Snapshot snapshot, String homeport, OutputStream out)
      throws IOException {
    DurableState state = snapshot.state().durable();
    List<Change.Stored> changes = Restoration.changesTo(state);
    MessageDigest digest = sha256();
    write(
        out,
        digest,
        BackupHeader.of(state.installation(), snapshot, homeport, changes.size()).line());
    for (Change.Stored change : changes) {
      if (RecordEdit.of(change).getFirst() instanceof RecordEdit.Put put) {
        write(out, digest, put.kind().word() + "\t" + put.key() + "\t" + put.body());
      }
    }
    out.write(bytes(CHECKSUM + HexFormat.of().formatHex(digest.digest())));
  }

  private static void write(OutputStream out, MessageDigest digest, String line)
      throws IOException {
    byte[] bytes = bytes(line);
    digest.update(bytes);
    out.write(bytes);
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /**
   * Reads a back-up and checks all of it.
   *
   * @param file where it is
   * @throws StoreException when it is none, is not complete, was changed, or was written by a newer
   *     version; the message says what was expected and found
   */
  public static Backup read(Path file) throws StoreException {
    return read(file, RecordFormat.CURRENT);
  }

  static Backup read(Path file, RecordFormat format) throws StoreException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      BackupHeader header = BackupHeader.parse(file, Optional.ofNullable(lines.readLine()), format);
      List<StoredRecord> records = records(file, header, lines);
      Replay replay = new Replay();
      Decoding decoding = new Decoding(replay::add);
      format.convert(header.recordFormat(), records).forEach(decoding::add);
      decoding.end();
      return new Backup(header, replay.state());
    } catch (MalformedRecordException e) {
      throw refused(file, "holds something that is not understood: " + e.getMessage(), e);
    } catch (CharacterCodingException e) {
      throw refused(file, "is not a back-up of Homeport: it is no text in UTF-8", e);
    } catch (IOException e) {
      throw new StoreException("The back-up " + file + " cannot be read: " + e, e);
    }
  }

  private static List<StoredRecord> records(Path file, BackupHeader header, BufferedReader lines)
      throws IOException, StoreException {
    MessageDigest digest = sha256();
    digest.update(bytes(header.line()));
    List<StoredRecord> records = new ArrayList<>();
    for (int number = 0; number < header.records(); number++) {
      String line = lines.readLine();
      if (line == null || line.startsWith(CHECKSUM)) {
        throw truncated(file, header, number);
      }
      digest.update(bytes(line));
      String[] parts = line.split("\t", 3);
      if (parts.length == 3) {
        records.add(new StoredRecord(parts[0], parts[1], parts[2]));
      }
    }
    String last = lines.readLine();
    String sum = CHECKSUM + HexFormat.of().formatHex(digest.digest());
    if (last == null || last.length() < sum.length()) {
      throw truncated(file, header, header.records());
    }
    if (!last.equals(sum) || lines.readLine() != null || records.size() < header.records()) {
      throw refused(
          file,
          "is damaged, or was changed: expected the checksum "
              + sum.substring(CHECKSUM.length())
              + " at its end, and found something else");
    }
    return records;
  }

  private static StoreException truncated(Path file, BackupHeader header, int found) {
    return refused(
        file,
        "is truncated: expected "
            + header.records()
            + " records and a checksum, and found its end at record "
            + found);
  }

  static StoreException refused(Path file, String why) {
    return new StoreException("The file " + file + " " + why + ". Nothing was changed.");
  }

  private static StoreException refused(Path file, String why, Exception cause) {
    return new StoreException("The file " + file + " " + why + ". Nothing was changed.", cause);
  }

  /** When it was taken. */
  public Instant takenAt() {
    return header.takenAt();
  }
}
