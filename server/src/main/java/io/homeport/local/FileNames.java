package io.homeport.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids as file names: readable, distinct for distinct ids, and without a way out of a directory. */
final class FileNames {
  private static final int LONGEST = 180;

  private FileNames() {}

  /**
   * The file name of an id. Letters, digits and {@code . _ - #} stay, other bytes become {@code
   * %XX}; what is too long for a file system ends in a digest of the whole.
   */
  static String of(String id) {
    StringBuilder name = new StringBuilder();
    for (byte value : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (value & 0xff);
      boolean leadingDot = c == '.' && name.isEmpty();
      if (!leadingDot && isPlain(c)) {
        name.append(c);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(value));
      }
    }
    return name.length() <= LONGEST
        ? name.toString()
        : name.substring(0, LONGEST - 33) + "~" + digest(id);
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-'
        || c == '#';
  }

  private static String digest(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
