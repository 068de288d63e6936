package io.homeport.mesos;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Records in Mesos's RecordIO framing: the length in bytes as decimal digits, a line feed, and the
 * bytes.
 */
final class RecordReader {
  /** A subscription of the largest known cluster stays far below this. */
  private static final long LONGEST = 512L << 20;

  private static final int MOST_DIGITS = 10;

  private final InputStream input;

  RecordReader(InputStream input) {
    this.input = input;
  }

  /**
   * Waits for the next record.
   *
   * @return the record, or empty when the stream ended between two
   * @throws IOException when the stream breaks or is not framed as it should be
   */
  Optional<byte[]> next() throws IOException {
    long length = 0;
    for (int digits = 0; ; digits++) {
      int read = input.read();
      if (read < 0) {
        if (digits == 0) {
          return Optional.empty();
        }
        throw new EOFException("the stream ended within the length of a record");
      }
      if (read == '\n' && digits > 0) {
        break;
      }
      if (read < '0' || read > '9' || digits >= MOST_DIGITS) {
        throw new IOException("the stream is not in RecordIO framing");
      }
      length = length * 10 + (read - '0');
    }
    if (length > LONGEST) {
      throw new IOException("a record of " + length + " bytes is longer than can be");
    }
    byte[] record = input.readNBytes((int) length);
    if (record.length < length) {
      throw new EOFException("the stream ended within a record");
    }
    return Optional.of(record);
  }
}
