package io.homeport.api.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The file with the token: whoever may read it may call. */
final class TokenFile {
  private static final int TOKEN_BYTES = 32;
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private TokenFile() {}

  /**
   * Reads the token, and makes one of 256 random bits if there is none.
   *
   * @param file where it is
   * @throws AccessException when it cannot be read or made, or others may read it
   */
  static String open(Path file) throws AccessException {
    try {
      create(file);
      checkPrivate(file);
      String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (token.isEmpty()) {
        throw new AccessException(
            "The token file " + file + " is empty: remove it, and a new one is made.");
      }
      return token;
    } catch (IOException failed) {
      throw new AccessException("The token file " + file + " cannot be used: " + failed, failed);
    }
  }

  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    // Written beside and linked, so that nobody ever reads half a token.
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE));
    Files.writeString(
        fresh, random() + "\n", StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException made) {
      // somebody else was quicker, and theirs is as good
    } finally {
      Files.delete(fresh);
    }
  }

  /** 256 random bits, in letters that need no escapes anywhere. */
  static String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Refuses a file with secrets that others may read or write.
   *
   * @param file the file
   */
  static void checkPrivate(Path file) throws IOException, AccessException {
    Set<PosixFilePermission> others = Files.getPosixFilePermissions(file);
    others.removeAll(PRIVATE);
    others.remove(PosixFilePermission.OWNER_EXECUTE);
    if (!others.isEmpty()) {
      throw new AccessException(
          "The file "
              + file
              + " holds secrets, and others than its owner may use it ("
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
              + "): chmod 600 it.");
    }
  }
}
